using System.Buffers.Binary;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace OrleansShop.Engine.Serialization.Values;

internal sealed class ComplexCodec : BytesValueCodec<Complex>
{
    protected override void Write(PayloadWriter writer, uint idDelta, Complex value)
    {
        var bytes = writer.ReserveBytes(idDelta, 2 * sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value.Real);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[sizeof(double)..], value.Imaginary);
    }

    protected override Complex Parse(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadDoubleLittleEndian(bytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes[sizeof(double)..]));
}

internal sealed class BitVector32Codec : SharedValueCodec<BitVector32>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, BitVector32 value) => writer.WriteInt32(idDelta, value.Data);

    public override BitVector32 ReadField(PayloadReader reader, FieldTag tag) => new(reader.ReadInt32(tag));
}

/// <summary>An index as its distance from the start, or, one below zero and down, from the end.</summary>
internal sealed class IndexCodec : SharedValueCodec<Index>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, Index value) => writer.WriteInt32(idDelta, ToNumber(value));

    public override Index ReadField(PayloadReader reader, FieldTag tag) => FromNumber(reader.ReadInt32(tag));

    internal static int ToNumber(Index value) => value.IsFromEnd ? ~value.Value : value.Value;

    internal static Index FromNumber(int number) => number < 0 ? new Index(~number, fromEnd: true) : new Index(number);
}

internal sealed class RangeCodec : BytesValueCodec<Range>
{
    protected override void Write(PayloadWriter writer, uint idDelta, Range value)
    {
        var bytes = writer.ReserveBytes(idDelta, 2 * sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(bytes, IndexCodec.ToNumber(value.Start));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[sizeof(int)..], IndexCodec.ToNumber(value.End));
    }

    protected override Range Parse(ReadOnlySpan<byte> bytes) => new(
        IndexCodec.FromNumber(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        IndexCodec.FromNumber(BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(int)..])));
}

internal sealed class CompareInfoCodec : BytesValueCodec<CompareInfo?>
{
    protected override void Write(PayloadWriter writer, uint idDelta, CompareInfo? value) => writer.WriteText(idDelta, value!.Name);

    protected override CompareInfo Parse(ReadOnlySpan<byte> bytes) => CultureNames.Parse(bytes).CompareInfo;
}

internal sealed class IPNetworkCodec : BytesValueCodec<IPNetwork>
{
    protected override void Write(PayloadWriter writer, uint idDelta, IPNetwork value) => writer.WriteText(idDelta, value.ToString());

    protected override IPNetwork Parse(ReadOnlySpan<byte> bytes) => IPNetwork.Parse(Encoding.UTF8.GetString(bytes));
}

/// <summary>Cultures by name.</summary>
internal static class CultureNames
{
    private const int LongestName = 85;

    // The shared instance is read-only, which is why a culture counts as immutable. CultureNotFoundException is an ArgumentException.
    public static CultureInfo Parse(ReadOnlySpan<byte> name) => name.Length <= LongestName
        ? CultureInfo.GetCultureInfo(Encoding.UTF8.GetString(name))
        : throw new FormatException("No culture has so long a name.");
}
