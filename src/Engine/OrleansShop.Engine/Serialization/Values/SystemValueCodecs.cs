using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace OrleansShop.Engine.Serialization.Values;

internal sealed class UriCodec : BytesValueCodec<Uri?>
{
    protected override void Write(PayloadWriter writer, uint idDelta, Uri? value) => writer.WriteText(idDelta, value!.OriginalString);

    protected override Uri Parse(ReadOnlySpan<byte> bytes) => new(Encoding.UTF8.GetString(bytes), UriKind.RelativeOrAbsolute);
}

internal sealed class VersionCodec : BytesValueCodec<Version?>
{
    protected override void Write(PayloadWriter writer, uint idDelta, Version? value) => writer.WriteText(idDelta, value!.ToString());

    protected override Version Parse(ReadOnlySpan<byte> bytes) => Version.Parse(Encoding.UTF8.GetString(bytes));
}

internal sealed class CultureInfoCodec : BytesValueCodec<CultureInfo?>
{
    protected override void Write(PayloadWriter writer, uint idDelta, CultureInfo? value) => writer.WriteText(idDelta, value!.Name);

    protected override CultureInfo Parse(ReadOnlySpan<byte> bytes) => CultureNames.Parse(bytes);
}

internal sealed class IPAddressCodec : BytesValueCodec<IPAddress?>
{
    protected override void Write(PayloadWriter writer, uint idDelta, IPAddress? value) => IPAddressBytes.Write(writer, idDelta, value!, port: null);

    protected override IPAddress Parse(ReadOnlySpan<byte> bytes) => IPAddressBytes.Parse(bytes);
}

internal sealed class IPEndPointCodec : BytesValueCodec<IPEndPoint?>
{
    protected override void Write(PayloadWriter writer, uint idDelta, IPEndPoint? value) =>
        IPAddressBytes.Write(writer, idDelta, value!.Address, (ushort)value.Port);

    protected override IPEndPoint Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(ushort)) throw new FormatException("There is no port.");
        return new IPEndPoint(IPAddressBytes.Parse(bytes[..^sizeof(ushort)]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[^sizeof(ushort)..]));
    }
}

/// <summary>4 bytes of an IPv4 address, 16 of an IPv6 address, 20 of one with a scope, and two more if there is a port.</summary>
internal static class IPAddressBytes
{
    public static void Write(PayloadWriter writer, uint idDelta, IPAddress address, ushort? port)
    {
        Span<byte> bytes = stackalloc byte[16 + sizeof(uint) + sizeof(ushort)];
        address.TryWriteBytes(bytes, out var count);
        if (count == 16 && address.ScopeId != 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[count..], (uint)address.ScopeId);
            count += sizeof(uint);
        }

        if (port is { } number)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[count..], number);
            count += sizeof(ushort);
        }

        writer.WriteBytes(idDelta, bytes[..count]);
    }

    public static IPAddress Parse(ReadOnlySpan<byte> bytes) => bytes.Length == 16 + sizeof(uint)
        ? new IPAddress(bytes[..16], BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]))
        : new IPAddress(bytes);
}

internal sealed class BigIntegerCodec : BytesValueCodec<BigInteger>
{
    protected override void Write(PayloadWriter writer, uint idDelta, BigInteger value)
    {
        value.TryWriteBytes(writer.ReserveBytes(idDelta, value.GetByteCount()), out _);
    }

    protected override BigInteger Parse(ReadOnlySpan<byte> bytes) => new(bytes);
}

internal sealed class Int128Codec : BytesValueCodec<Int128>
{
    protected override void Write(PayloadWriter writer, uint idDelta, Int128 value) =>
        BinaryPrimitives.WriteInt128LittleEndian(writer.ReserveBytes(idDelta, 16), value);

    protected override Int128 Parse(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt128LittleEndian(bytes);
}

internal sealed class UInt128Codec : BytesValueCodec<UInt128>
{
    protected override void Write(PayloadWriter writer, uint idDelta, UInt128 value) =>
        BinaryPrimitives.WriteUInt128LittleEndian(writer.ReserveBytes(idDelta, 16), value);

    protected override UInt128 Parse(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128LittleEndian(bytes);
}

internal sealed class HalfCodec : BytesValueCodec<Half>
{
    protected override void Write(PayloadWriter writer, uint idDelta, Half value) =>
        BinaryPrimitives.WriteHalfLittleEndian(writer.ReserveBytes(idDelta, 2), value);

    protected override Half Parse(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadHalfLittleEndian(bytes);
}

internal sealed class RuneCodec : BytesValueCodec<Rune>
{
    protected override void Write(PayloadWriter writer, uint idDelta, Rune value) =>
        BinaryPrimitives.WriteInt32LittleEndian(writer.ReserveBytes(idDelta, 4), value.Value);

    protected override Rune Parse(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadInt32LittleEndian(bytes));
}
