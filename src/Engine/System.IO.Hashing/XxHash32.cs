using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace System.IO.Hashing;

/// <summary>XXH32: 32 bits, for short inputs and small machines.</summary>
/// <remarks>Follows the published specification (xxHash fast digest algorithm, version 0.1.1). Hash bytes are big-endian, its canonical form.</remarks>
public sealed class XxHash32 : NonCryptographicHashAlgorithm
{
    private const int HashBytes = 4;
    private const int StripeBytes = 16;
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;

    private readonly uint _seed;
    private readonly byte[] _held = new byte[StripeBytes];
    private Lanes _lanes;
    private int _heldCount;
    private ulong _total;

    /// <summary>Creates a hash with seed 0.</summary>
    public XxHash32()
        : this(0)
    {
    }

    /// <summary>Creates a hash with a seed.</summary>
    public XxHash32(int seed)
        : base(HashBytes)
    {
        _seed = (uint)seed;
        _lanes = new Lanes(_seed);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _lanes = new Lanes(_seed);
        _heldCount = 0;
        _total = 0;
    }

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> source)
    {
        _total += (uint)source.Length;
        if (_heldCount > 0)
        {
            var taken = Math.Min(StripeBytes - _heldCount, source.Length);
            source[..taken].CopyTo(_held.AsSpan(_heldCount));
            _heldCount += taken;
            source = source[taken..];
            if (_heldCount < StripeBytes)
                return;
            _lanes.Add(_held);
            _heldCount = 0;
        }

        for (; source.Length >= StripeBytes; source = source[StripeBytes..])
            _lanes.Add(source);
        source.CopyTo(_held);
        _heldCount = source.Length;
    }

    /// <summary>Returns the hash of the bytes added so far, which stay added.</summary>
    public uint GetCurrentHashAsUInt32()
    {
        var start = _total >= StripeBytes ? _lanes.Converge() : _seed + Prime5;
        return Finish(start + (uint)_total, _held.AsSpan(0, _heldCount));
    }

    /// <inheritdoc/>
    protected override void GetCurrentHashCore(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt32BigEndian(destination, GetCurrentHashAsUInt32());

    /// <summary>Returns the hash of <paramref name="source"/> with seed 0.</summary>
    /// <exception cref="ArgumentNullException">The array is null.</exception>
    public static byte[] Hash(byte[] source) => Hash(source, 0);

    /// <summary>Returns the hash of <paramref name="source"/>.</summary>
    /// <exception cref="ArgumentNullException">The array is null.</exception>
    public static byte[] Hash(byte[] source, int seed)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Hash(source.AsSpan(), seed);
    }

    /// <summary>Returns the hash of <paramref name="source"/>.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> source, int seed = 0)
    {
        var hash = new byte[HashBytes];
        BinaryPrimitives.WriteUInt32BigEndian(hash, HashToUInt32(source, seed));
        return hash;
    }

    /// <summary>Writes the hash of <paramref name="source"/> and returns its length.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 4 bytes.</exception>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> destination, int seed = 0) =>
        TryHash(source, destination, out var bytesWritten, seed) ? bytesWritten : ThrowTooShort();

    /// <summary>Writes the hash of <paramref name="source"/>; false if the destination is shorter than 4 bytes.</summary>
    public static bool TryHash(ReadOnlySpan<byte> source, Span<byte> destination, out int bytesWritten, int seed = 0)
    {
        bytesWritten = destination.Length < HashBytes ? 0 : HashBytes;
        return bytesWritten > 0 && BinaryPrimitives.TryWriteUInt32BigEndian(destination, HashToUInt32(source, seed));
    }

    /// <summary>Returns the hash of <paramref name="source"/>. Allocates nothing.</summary>
    public static uint HashToUInt32(ReadOnlySpan<byte> source, int seed = 0)
    {
        var length = (uint)source.Length;
        if (source.Length < StripeBytes)
            return Finish((uint)seed + Prime5 + length, source);

        var lanes = new Lanes((uint)seed);
        for (; source.Length >= StripeBytes; source = source[StripeBytes..])
            lanes.Add(source);
        return Finish(lanes.Converge() + length, source);
    }

    /// <summary>Mixes in the last bytes, fewer than a stripe, and spreads every bit over the result.</summary>
    private static uint Finish(uint hash, ReadOnlySpan<byte> rest)
    {
        for (; rest.Length >= sizeof(uint); rest = rest[sizeof(uint)..])
            hash = BitOperations.RotateLeft(hash + BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime3, 17) * Prime4;
        foreach (var one in rest)
            hash = BitOperations.RotateLeft(hash + one * Prime5, 11) * Prime1;

        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    /// <summary>The four accumulators that take a stripe of 16 bytes at a time.</summary>
    private struct Lanes(uint seed)
    {
        private uint _first = seed + Prime1 + Prime2;
        private uint _second = seed + Prime2;
        private uint _third = seed;
        private uint _fourth = seed - Prime1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(ReadOnlySpan<byte> stripe)
        {
            _first = Round(_first, BinaryPrimitives.ReadUInt32LittleEndian(stripe));
            _second = Round(_second, BinaryPrimitives.ReadUInt32LittleEndian(stripe[4..]));
            _third = Round(_third, BinaryPrimitives.ReadUInt32LittleEndian(stripe[8..]));
            _fourth = Round(_fourth, BinaryPrimitives.ReadUInt32LittleEndian(stripe[12..]));
        }

        public readonly uint Converge() =>
            BitOperations.RotateLeft(_first, 1) + BitOperations.RotateLeft(_second, 7)
            + BitOperations.RotateLeft(_third, 12) + BitOperations.RotateLeft(_fourth, 18);

        private static uint Round(uint lane, uint input) => BitOperations.RotateLeft(lane + input * Prime2, 13) * Prime1;
    }
}
