using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace System.IO.Hashing;

/// <summary>XXH64: 64 bits, for any input on a 64-bit machine.</summary>
/// <remarks>Follows the published specification (xxHash fast digest algorithm, version 0.2.0). Hash bytes are big-endian, its canonical form.</remarks>
public sealed class XxHash64 : NonCryptographicHashAlgorithm
{
    private const int HashBytes = 8;
    private const int StripeBytes = 32;

    internal const ulong Prime1 = 0x9E3779B185EBCA87;
    internal const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    internal const ulong Prime3 = 0x165667B19E3779F9;
    internal const ulong Prime4 = 0x85EBCA77C2B2AE63;
    internal const ulong Prime5 = 0x27D4EB2F165667C5;

    private readonly ulong _seed;
    private readonly byte[] _held = new byte[StripeBytes];
    private Lanes _lanes;
    private int _heldCount;
    private ulong _total;

    /// <summary>Creates a hash with seed 0.</summary>
    public XxHash64()
        : this(0)
    {
    }

    /// <summary>Creates a hash with a seed.</summary>
    public XxHash64(long seed)
        : base(HashBytes)
    {
        _seed = (ulong)seed;
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
    public ulong GetCurrentHashAsUInt64()
    {
        var start = _total >= StripeBytes ? _lanes.Converge() : _seed + Prime5;
        return Finish(start + _total, _held.AsSpan(0, _heldCount));
    }

    /// <inheritdoc/>
    protected override void GetCurrentHashCore(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt64BigEndian(destination, GetCurrentHashAsUInt64());

    /// <summary>Returns the hash of <paramref name="source"/> with seed 0.</summary>
    /// <exception cref="ArgumentNullException">The array is null.</exception>
    public static byte[] Hash(byte[] source) => Hash(source, 0);

    /// <summary>Returns the hash of <paramref name="source"/>.</summary>
    /// <exception cref="ArgumentNullException">The array is null.</exception>
    public static byte[] Hash(byte[] source, long seed)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Hash(source.AsSpan(), seed);
    }

    /// <summary>Returns the hash of <paramref name="source"/>.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> source, long seed = 0)
    {
        var hash = new byte[HashBytes];
        BinaryPrimitives.WriteUInt64BigEndian(hash, HashToUInt64(source, seed));
        return hash;
    }

    /// <summary>Writes the hash of <paramref name="source"/> and returns its length.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 8 bytes.</exception>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> destination, long seed = 0) =>
        TryHash(source, destination, out var bytesWritten, seed) ? bytesWritten : ThrowTooShort();

    /// <summary>Writes the hash of <paramref name="source"/>; false if the destination is shorter than 8 bytes.</summary>
    public static bool TryHash(ReadOnlySpan<byte> source, Span<byte> destination, out int bytesWritten, long seed = 0)
    {
        bytesWritten = destination.Length < HashBytes ? 0 : HashBytes;
        return bytesWritten > 0 && BinaryPrimitives.TryWriteUInt64BigEndian(destination, HashToUInt64(source, seed));
    }

    /// <summary>Returns the hash of <paramref name="source"/>. Allocates nothing.</summary>
    public static ulong HashToUInt64(ReadOnlySpan<byte> source, long seed = 0)
    {
        var length = (ulong)source.Length;
        if (source.Length < StripeBytes)
            return Finish((ulong)seed + Prime5 + length, source);

        var lanes = new Lanes((ulong)seed);
        for (; source.Length >= StripeBytes; source = source[StripeBytes..])
            lanes.Add(source);
        return Finish(lanes.Converge() + length, source);
    }

    /// <summary>Spreads every bit of the input over the result.</summary>
    internal static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    /// <summary>Mixes in the last bytes, fewer than a stripe.</summary>
    private static ulong Finish(ulong hash, ReadOnlySpan<byte> rest)
    {
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            hash = BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) * Prime1 + Prime4;
        if (rest.Length >= sizeof(uint))
        {
            hash = BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2 + Prime3;
            rest = rest[sizeof(uint)..];
        }

        foreach (var one in rest)
            hash = BitOperations.RotateLeft(hash ^ (one * Prime5), 11) * Prime1;
        return Avalanche(hash);
    }

    private static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + input * Prime2, 31) * Prime1;

    /// <summary>The four accumulators that take a stripe of 32 bytes at a time.</summary>
    private struct Lanes(ulong seed)
    {
        private ulong _first = seed + Prime1 + Prime2;
        private ulong _second = seed + Prime2;
        private ulong _third = seed;
        private ulong _fourth = seed - Prime1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(ReadOnlySpan<byte> stripe)
        {
            _first = Round(_first, BinaryPrimitives.ReadUInt64LittleEndian(stripe));
            _second = Round(_second, BinaryPrimitives.ReadUInt64LittleEndian(stripe[8..]));
            _third = Round(_third, BinaryPrimitives.ReadUInt64LittleEndian(stripe[16..]));
            _fourth = Round(_fourth, BinaryPrimitives.ReadUInt64LittleEndian(stripe[24..]));
        }

        public readonly ulong Converge()
        {
            var hash = BitOperations.RotateLeft(_first, 1) + BitOperations.RotateLeft(_second, 7)
                + BitOperations.RotateLeft(_third, 12) + BitOperations.RotateLeft(_fourth, 18);
            return Merge(Merge(Merge(Merge(hash, _first), _second), _third), _fourth);
        }

        private static ulong Merge(ulong hash, ulong lane) => (hash ^ Round(0, lane)) * Prime1 + Prime4;
    }
}
