using System.Buffers.Binary;
using System.Text;

namespace OrleansShop.Engine.Messaging.Frames;

/// <summary>Reads the fields of a frame in place. Every byte is taken for hostile: nothing is read past the end, and nothing is allocated before its bytes are there.</summary>
internal ref struct FrameReader(ReadOnlySpan<byte> frame)
{
    private const int MostVarIntBytes = 10;

    private readonly ReadOnlySpan<byte> _frame = frame;

    /// <summary>How many bytes have been read.</summary>
    public int Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _frame.Length - Position;

    public byte Byte()
    {
        if (Left < 1)
            throw TooShort(1);
        return _frame[Position++];
    }

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    /// <remarks>Hot path.</remarks>
    public ulong VarInt()
    {
        var first = Byte();
        if (first < 0x80)
            return first;

        var value = (ulong)first & 0x7F;
        for (var i = 1; i < MostVarIntBytes; i++)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
                return value;
        }

        throw new FrameException($"A number at byte {Position} of a frame is longer than {MostVarIntBytes} bytes.");
    }

    /// <summary>Reads a number that must fit 31 bits.</summary>
    public int Int()
    {
        var value = VarInt();
        return value <= int.MaxValue ? (int)value : throw new FrameException($"The number {value} before byte {Position} of a frame is too large.");
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)Left)
            throw TooShort(count);
        var bytes = _frame.Slice(Position, count);
        Position += count;
        return bytes;
    }

    /// <summary>Reads a length and that many bytes.</summary>
    public ReadOnlySpan<byte> Block() => Bytes(Int());

    /// <summary>Reads a length and that many bytes of UTF-8.</summary>
    public string Text() => Encoding.UTF8.GetString(Block());

    private readonly FrameException TooShort(int count) =>
        new($"A frame of {_frame.Length} bytes ends where {count} bytes from byte {Position} on were expected.");
}
