using System.Buffers.Binary;

namespace System.IO.Hashing;

public sealed partial class XxHash3
{
    private const int LaneCount = 8;
    private const int StripeBytes = 64;
    private const int SecretBytes = 192;
    private const int StripesPerBlock = (SecretBytes - StripeBytes) / 8;
    private const uint Prime32First = 0x9E3779B1;
    private const uint Prime32Second = 0x85EBCA77;
    private const uint Prime32Third = 0xC2B2AE3D;

    private static ReadOnlySpan<ulong> InitialLanes =>
    [
        Prime32Third, XxHash64.Prime1, XxHash64.Prime2, XxHash64.Prime3,
        XxHash64.Prime4, Prime32Second, XxHash64.Prime5, Prime32First,
    ];

    private static ReadOnlySpan<byte> DefaultSecret =>
    [
        0xb8, 0xfe, 0x6c, 0x39, 0x23, 0xa4, 0x4b, 0xbe, 0x7c, 0x01, 0x81, 0x2c, 0xf7, 0x21, 0xad, 0x1c,
        0xde, 0xd4, 0x6d, 0xe9, 0x83, 0x90, 0x97, 0xdb, 0x72, 0x40, 0xa4, 0xa4, 0xb7, 0xb3, 0x67, 0x1f,
        0xcb, 0x79, 0xe6, 0x4e, 0xcc, 0xc0, 0xe5, 0x78, 0x82, 0x5a, 0xd0, 0x7d, 0xcc, 0xff, 0x72, 0x21,
        0xb8, 0x08, 0x46, 0x74, 0xf7, 0x43, 0x24, 0x8e, 0xe0, 0x35, 0x90, 0xe6, 0x81, 0x3a, 0x26, 0x4c,
        0x3c, 0x28, 0x52, 0xbb, 0x91, 0xc3, 0x00, 0xcb, 0x88, 0xd0, 0x65, 0x8b, 0x1b, 0x53, 0x2e, 0xa3,
        0x71, 0x64, 0x48, 0x97, 0xa2, 0x0d, 0xf9, 0x4e, 0x38, 0x19, 0xef, 0x46, 0xa9, 0xde, 0xac, 0xd8,
        0xa8, 0xfa, 0x76, 0x3f, 0xe3, 0x9c, 0x34, 0x3f, 0xf9, 0xdc, 0xbb, 0xc7, 0xc7, 0x0b, 0x4f, 0x1d,
        0x8a, 0x51, 0xe0, 0x4b, 0xcd, 0xb4, 0x59, 0x31, 0xc8, 0x9f, 0x7e, 0xc9, 0xd9, 0x78, 0x73, 0x64,
        0xea, 0xc5, 0xac, 0x83, 0x34, 0xd3, 0xeb, 0xc3, 0xc5, 0x81, 0xa0, 0xff, 0xfa, 0x13, 0x63, 0xeb,
        0x17, 0x0d, 0xdd, 0x51, 0xb7, 0xf0, 0xda, 0x49, 0xd3, 0x16, 0x55, 0x26, 0x29, 0xd4, 0x68, 0x9e,
        0x2b, 0x16, 0xbe, 0x58, 0x7d, 0x47, 0xa1, 0xfc, 0x8f, 0xf8, 0xb8, 0xd1, 0x7a, 0xd0, 0x31, 0xce,
        0x45, 0xcb, 0x3a, 0x8f, 0x95, 0x16, 0x04, 0x28, 0xaf, 0xd7, 0xfb, 0xca, 0xbb, 0x4b, 0x40, 0x7e,
    ];

    private static ulong HashLong(ReadOnlySpan<byte> input, ulong seed)
    {
        Span<byte> derived = stackalloc byte[SecretBytes];
        DeriveSecret(seed, derived);
        Span<ulong> lanes = stackalloc ulong[LaneCount];
        InitialLanes.CopyTo(lanes);
        var stripesInBlock = 0;
        Consume(lanes, input[..((input.Length - 1) / StripeBytes * StripeBytes)], derived, ref stripesInBlock);
        return Merge(lanes, input[^StripeBytes..], derived, (ulong)input.Length);
    }

    private static void DeriveSecret(ulong seed, Span<byte> secret)
    {
        for (var offset = 0; offset < SecretBytes; offset += 16)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(secret[offset..], Secret64(offset) + seed);
            BinaryPrimitives.WriteUInt64LittleEndian(secret[(offset + 8)..], Secret64(offset + 8) - seed);
        }
    }

    /// <summary>Adds whole stripes that are not the end of the input.</summary>
    private static void Consume(Span<ulong> lanes, ReadOnlySpan<byte> stripes, ReadOnlySpan<byte> secret, ref int stripesInBlock)
    {
        for (; stripes.Length >= StripeBytes; stripes = stripes[StripeBytes..])
        {
            Accumulate(lanes, stripes, secret[(stripesInBlock * 8)..]);
            if (++stripesInBlock == StripesPerBlock)
            {
                Scramble(lanes, secret[^StripeBytes..]);
                stripesInBlock = 0;
            }
        }
    }

    private static void Accumulate(Span<ulong> lanes, ReadOnlySpan<byte> stripe, ReadOnlySpan<byte> secret)
    {
        for (var lane = 0; lane < LaneCount; lane++)
        {
            var input = BinaryPrimitives.ReadUInt64LittleEndian(stripe[(lane * 8)..]);
            var mixed = input ^ BinaryPrimitives.ReadUInt64LittleEndian(secret[(lane * 8)..]);
            lanes[lane ^ 1] += input;
            lanes[lane] += (mixed & uint.MaxValue) * (mixed >> 32);
        }
    }

    private static void Scramble(Span<ulong> lanes, ReadOnlySpan<byte> secret)
    {
        for (var lane = 0; lane < LaneCount; lane++)
        {
            var value = lanes[lane];
            value ^= value >> 47;
            value ^= BinaryPrimitives.ReadUInt64LittleEndian(secret[(lane * 8)..]);
            lanes[lane] = value * Prime32First;
        }
    }

    /// <summary>Adds the last 64 bytes of the input, which may have been added before, and makes one number of the lanes.</summary>
    private static ulong Merge(Span<ulong> lanes, ReadOnlySpan<byte> lastStripe, ReadOnlySpan<byte> secret, ulong length)
    {
        Accumulate(lanes, lastStripe, secret[(SecretBytes - StripeBytes - 7)..]);
        var hash = length * XxHash64.Prime1;
        var mergeSecret = secret[11..];
        for (var lane = 0; lane < LaneCount; lane += 2)
        {
            hash += MultiplyAndFold(
                lanes[lane] ^ BinaryPrimitives.ReadUInt64LittleEndian(mergeSecret[(lane * 8)..]),
                lanes[lane + 1] ^ BinaryPrimitives.ReadUInt64LittleEndian(mergeSecret[(lane * 8 + 8)..]));
        }

        return Avalanche(hash);
    }
}
