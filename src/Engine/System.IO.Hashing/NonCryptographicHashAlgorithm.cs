using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace System.IO.Hashing;

/// <summary>A hash over bytes that arrive in pieces. Good for spreading and for finding damage, no defence against an attacker.</summary>
/// <remarks>Instances are not thread-safe. The one-shot static methods of the derived classes are.</remarks>
public abstract class NonCryptographicHashAlgorithm
{
    private const int StreamBufferBytes = 4096;

    /// <summary>Creates a hash whose value takes <paramref name="hashLengthInBytes"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    protected NonCryptographicHashAlgorithm(int hashLengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashLengthInBytes, 1);
        HashLengthInBytes = hashLengthInBytes;
    }

    /// <summary>How many bytes a hash value takes.</summary>
    public int HashLengthInBytes { get; }

    /// <summary>Adds bytes to what is hashed.</summary>
    public abstract void Append(ReadOnlySpan<byte> source);

    /// <summary>Forgets all bytes added so far.</summary>
    public abstract void Reset();

    /// <summary>Writes the hash of the bytes added so far, which stay added. The span has exactly the length of a hash.</summary>
    protected abstract void GetCurrentHashCore(Span<byte> destination);

    /// <summary>Writes the hash of the bytes added so far and forgets them. The span has exactly the length of a hash.</summary>
    protected virtual void GetHashAndResetCore(Span<byte> destination)
    {
        GetCurrentHashCore(destination);
        Reset();
    }

    /// <summary>Adds bytes to what is hashed.</summary>
    /// <exception cref="ArgumentNullException">The array is null.</exception>
    public void Append(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Append(source.AsSpan());
    }

    /// <summary>Adds the rest of a stream to what is hashed.</summary>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    public void Append(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new byte[StreamBufferBytes];
        for (int count; (count = stream.Read(buffer)) > 0;)
            Append(buffer.AsSpan(0, count));
    }

    /// <summary>Adds the rest of a stream to what is hashed.</summary>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    public async Task AppendAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new byte[StreamBufferBytes];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            Append(buffer.AsSpan(0, count));
    }

    /// <summary>Returns the hash of the bytes added so far, which stay added.</summary>
    public byte[] GetCurrentHash()
    {
        var hash = new byte[HashLengthInBytes];
        GetCurrentHashCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of the bytes added so far, which stay added, and returns its length.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than a hash.</exception>
    public int GetCurrentHash(Span<byte> destination) =>
        TryGetCurrentHash(destination, out var bytesWritten) ? bytesWritten : ThrowTooShort();

    /// <summary>Writes the hash of the bytes added so far, which stay added; false if the destination is shorter than a hash.</summary>
    public bool TryGetCurrentHash(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = destination.Length < HashLengthInBytes ? 0 : HashLengthInBytes;
        if (bytesWritten == 0)
            return false;
        GetCurrentHashCore(destination[..HashLengthInBytes]);
        return true;
    }

    /// <summary>Returns the hash of the bytes added so far and forgets them.</summary>
    public byte[] GetHashAndReset()
    {
        var hash = new byte[HashLengthInBytes];
        GetHashAndResetCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of the bytes added so far, forgets them, and returns the hash's length.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than a hash.</exception>
    public int GetHashAndReset(Span<byte> destination) =>
        TryGetHashAndReset(destination, out var bytesWritten) ? bytesWritten : ThrowTooShort();

    /// <summary>Writes the hash of the bytes added so far and forgets them; false, and nothing forgotten, if the destination is shorter than a hash.</summary>
    public bool TryGetHashAndReset(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = destination.Length < HashLengthInBytes ? 0 : HashLengthInBytes;
        if (bytesWritten == 0)
            return false;
        GetHashAndResetCore(destination[..HashLengthInBytes]);
        return true;
    }

    /// <summary>Not the hash of the bytes: always throws.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Use GetCurrentHash() to retrieve the computed hash code.", error: true)]
    [SuppressMessage("Design", "CA1065:Do not raise exceptions in unexpected locations", Justification = "The official package does, so that the object's hash is not taken for the bytes'.")]
#pragma warning disable CS0809 // An obsolete member overrides one that is not: that is the point.
    public override int GetHashCode() =>
#pragma warning restore CS0809
        throw new NotSupportedException("GetHashCode is not the hash of the appended bytes. Call GetCurrentHash.");

    internal static int ThrowTooShort() =>
        throw new ArgumentException("The destination is shorter than the hash.", "destination");
}
