using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Implicit;

/// <summary>The ids of implicit subscriptions: nobody stores them, everybody computes the same.</summary>
internal static class ImplicitSubscriptionId
{
    // Four bits of the last byte tell implicit from explicit; explicit ids are drawn until they have others there.
    private const int MarkedByte = 15;
    private const byte Mark = 0b1010_0000;
    private const byte MarkMask = 0b1111_0000;

    public static Guid Of(string provider, StreamId stream, GrainType grainType)
    {
        var text = Encoding.UTF8.GetBytes($"{provider}\n{grainType}\n{stream.Namespace.Length}\n");
        var all = new byte[text.Length + stream.FullKey.Length];
        text.CopyTo(all, 0);
        stream.FullKey.CopyTo(all.AsMemory(text.Length));
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(id, XxHash64.HashToUInt64(all, seed: 1));
        BinaryPrimitives.WriteUInt64LittleEndian(id[8..], XxHash64.HashToUInt64(all, seed: 2));
        id[MarkedByte] = (byte)((id[MarkedByte] & ~MarkMask) | Mark);
        return new Guid(id);
    }

    public static bool Is(Guid subscription)
    {
        Span<byte> id = stackalloc byte[16];
        subscription.TryWriteBytes(id);
        return (id[MarkedByte] & MarkMask) == Mark;
    }

    /// <summary>Returns an id that is not one of an implicit subscription.</summary>
    public static Guid NewExplicit()
    {
        Guid id;
        do
            id = GuidId.GetNewGuidId().Guid;
        while (Is(id));
        return id;
    }
}
