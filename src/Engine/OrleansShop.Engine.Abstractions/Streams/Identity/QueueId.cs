using System.Diagnostics;
using System.Globalization;

namespace Orleans.Streams;

/// <summary>What names one queue of a stream provider.</summary>
[GenerateSerializer]
[Immutable]
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct QueueId : IEquatable<QueueId>, IComparable<QueueId>, ISpanFormattable
{
    [Id(0)]
    private readonly string? _prefix;

    [Id(1)]
    private readonly uint _id;

    [Id(2)]
    private readonly uint _hash;

    private QueueId(string prefix, uint id, uint hash)
    {
        _prefix = prefix;
        _id = id;
        _hash = hash;
    }

    /// <summary>Whether it names no queue.</summary>
    public bool IsDefault => _prefix is null;

    /// <summary>Returns the id of a queue.</summary>
    /// <param name="queueName">What all queues of the provider begin with.</param>
    /// <param name="queueId">The queue's number.</param>
    /// <param name="hash">Where the queue lies on the hash ring of queues.</param>
    public static QueueId GetQueueId(string queueName, uint queueId, uint hash)
    {
        ArgumentNullException.ThrowIfNull(queueName);
        return new QueueId(queueName, queueId, hash);
    }

    /// <summary>Returns what all queues of the provider begin with.</summary>
    public readonly string GetStringNamePrefix() => _prefix ?? "";

    /// <summary>Returns the queue's number.</summary>
    public readonly uint GetNumericId() => _id;

    /// <summary>Returns where the queue lies on the hash ring of queues.</summary>
    public readonly uint GetUniformHashCode() => _hash;

    /// <inheritdoc/>
    public readonly bool Equals(QueueId other) => _id == other._id && _hash == other._hash && string.Equals(_prefix, other._prefix, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is QueueId other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => unchecked((int)(_hash ^ _id));

    /// <inheritdoc/>
    public readonly int CompareTo(QueueId other)
    {
        if (_id != other._id)
            return _id.CompareTo(other._id);
        return string.CompareOrdinal(_prefix, other._prefix) is var byName and not 0 ? byName : _hash.CompareTo(other._hash);
    }

    /// <summary>Whether both name the same queue.</summary>
    public static bool operator ==(QueueId left, QueueId right) => left.Equals(right);

    /// <summary>Whether they name different queues.</summary>
    public static bool operator !=(QueueId left, QueueId right) => !left.Equals(right);

    /// <summary>The queue's name: prefix and number.</summary>
    public override readonly string ToString() => IsDefault ? "" : string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{_id}");

    /// <summary>The queue's name and its place on the hash ring, for logs.</summary>
    public readonly string ToStringWithHashCode() => string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{_id}-0x{_hash:X8}");

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    readonly bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var text = ToString();
        charsWritten = text.TryCopyTo(destination) ? text.Length : 0;
        return charsWritten == text.Length;
    }
}
