using System.Buffers.Binary;
using System.Text;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging.Frames;

/// <summary>Writes the fields that <see cref="FrameReader"/> reads.</summary>
internal static class FrameWriting
{
    public static void Kind(this PayloadWriter writer, FrameKind kind) => writer.Byte((byte)kind);

    public static void Byte(this PayloadWriter writer, byte value) => writer.Reserve(1)[0] = value;

    public static void Fixed32(this PayloadWriter writer, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(writer.Reserve(sizeof(uint)), value);

    public static void Fixed64(this PayloadWriter writer, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(writer.Reserve(sizeof(ulong)), value);

    public static void Block(this PayloadWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.WriteRawVarInt((uint)bytes.Length);
        writer.WriteRaw(bytes);
    }

    public static void Text(this PayloadWriter writer, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        writer.WriteRawVarInt((uint)length);
        Encoding.UTF8.GetBytes(text, writer.Reserve(length));
    }
}
