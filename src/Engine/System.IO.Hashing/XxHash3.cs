using System.Buffers.Binary;

namespace System.IO.Hashing;

/// <summary>XXH3 with 64 bits: the fastest of the family, for short inputs as for long ones.</summary>
/// <remarks>
/// Follows the published specification (xxHash fast digest algorithm, version 0.2.0). Hash bytes are big-endian, its canonical form.
/// Inputs up to 240 bytes are in <c>XxHash3.Short.cs</c>, longer ones in <c>XxHash3.Long.cs</c>.
/// </remarks>
public sealed partial class XxHash3 : NonCryptographicHashAlgorithm
{
    private const int HashBytes = 8;

    // Four stripes; and more than the longest input that is hashed as a whole.
    private const int HeldBytes = 256;

    private readonly ulong _seed;
    private readonly byte[] _secret;
    private readonly ulong[] _lanes = new ulong[LaneCount];
    private readonly byte[] _held = new byte[HeldBytes];
    private int _heldCount;
    private int _stripesInBlock;
    private ulong _total;

    /// <summary>Creates a hash with seed 0.</summary>
    public XxHash3()
        : this(0)
    {
    }

    /// <summary>Creates a hash with a seed.</summary>
    public XxHash3(long seed)
        : base(HashBytes)
    {
        _seed = (ulong)seed;
        _secret = new byte[SecretBytes];
        DeriveSecret(_seed, _secret);
        InitialLanes.CopyTo(_lanes);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        InitialLanes.CopyTo(_lanes);
        _heldCount = 0;
        _stripesInBlock = 0;
        _total = 0;
    }

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> source)
    {
        _total += (uint)source.Length;

        // Bytes are consumed only once more are known to follow: the end of the input is treated differently.
        if (source.Length > HeldBytes - _heldCount)
        {
            var taken = HeldBytes - _heldCount;
            source[..taken].CopyTo(_held.AsSpan(_heldCount));
            source = source[taken..];
            Consume(_lanes, _held, _secret, ref _stripesInBlock);
            _heldCount = 0;

            if (source.Length > HeldBytes)
            {
                var direct = (source.Length - 1) / HeldBytes * HeldBytes;
                Consume(_lanes, source[..direct], _secret, ref _stripesInBlock);

                // The last stripe overlaps what was consumed if few bytes follow: it is kept where those bytes will not reach.
                source[(direct - StripeBytes)..direct].CopyTo(_held.AsSpan(HeldBytes - StripeBytes));
                source = source[direct..];
            }
        }

        source.CopyTo(_held.AsSpan(_heldCount));
        _heldCount += source.Length;
    }

    /// <summary>Returns the hash of the bytes added so far, which stay added.</summary>
    public ulong GetCurrentHashAsUInt64()
    {
        if (_total <= LongestShort)
            return HashShort(_held.AsSpan(0, (int)_total), _seed);

        Span<ulong> lanes = stackalloc ulong[LaneCount];
        _lanes.CopyTo(lanes);
        var stripesInBlock = _stripesInBlock;
        var held = _held.AsSpan(0, _heldCount);
        Consume(lanes, held[..((_heldCount - 1) / StripeBytes * StripeBytes)], _secret, ref stripesInBlock);
        if (_heldCount >= StripeBytes)
            return Merge(lanes, held[^StripeBytes..], _secret, _total);

        Span<byte> lastStripe = stackalloc byte[StripeBytes];
        _held.AsSpan(HeldBytes - StripeBytes + _heldCount).CopyTo(lastStripe);
        held.CopyTo(lastStripe[(StripeBytes - _heldCount)..]);
        return Merge(lanes, lastStripe, _secret, _total);
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
    public static ulong HashToUInt64(ReadOnlySpan<byte> source, long seed = 0) =>
        source.Length <= LongestShort ? HashShort(source, (ulong)seed) : HashLong(source, (ulong)seed);

    /// <summary>Spreads every bit of the input over the result.</summary>
    private static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 37)) * PrimeMix1;
        return hash ^ (hash >> 32);
    }

    /// <summary>Multiplies to 128 bits and folds both halves into one.</summary>
    private static ulong MultiplyAndFold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return low ^ high;
    }
}
