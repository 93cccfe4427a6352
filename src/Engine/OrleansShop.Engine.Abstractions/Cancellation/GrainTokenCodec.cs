using Orleans;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Cancellation;

/// <summary>
/// How a token travels as an argument: its id, and whether it is cancelled. Only generated calls use it, which connect what comes out with what
/// went in; a token inside another value would never be cancelled, and has no codec.
/// </summary>
internal sealed class GrainTokenCodec : Codec<GrainCancellationToken?>
{
    private const int IdBytes = 16;

    private GrainTokenCodec()
    {
    }

    public static GrainTokenCodec Instance { get; } = new();

    public override void WriteField(PayloadWriter writer, uint idDelta, GrainCancellationToken? value)
    {
        if (value is null)
        {
            writer.WriteNull(idDelta);
            return;
        }

        var bytes = writer.ReserveBytes(idDelta, IdBytes + 1);
        value.Id.TryWriteBytes(bytes);
        bytes[IdBytes] = value.IsCancellationRequested ? (byte)1 : (byte)0;
    }

    public override GrainCancellationToken? ReadField(PayloadReader reader, FieldTag tag)
    {
        if (reader.TryReadNull(tag)) return null;
        var bytes = reader.ReadBytes(tag);
        if (bytes.Length != IdBytes + 1) throw reader.Fault($"a {nameof(GrainCancellationToken)} of {bytes.Length} bytes was found; it has {IdBytes + 1}");
        return new(new Guid(bytes[..IdBytes]), isCancelled: bytes[IdBytes] != 0);
    }

    public override GrainCancellationToken? Copy(GrainCancellationToken? value, CopyContext context) => value is null ? null : new(value.Id, value.IsCancellationRequested);
}
