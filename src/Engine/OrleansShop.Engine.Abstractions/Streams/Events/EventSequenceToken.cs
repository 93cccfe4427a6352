using System.Globalization;
using System.Text.Json.Serialization;
using Orleans.Streams;

namespace Orleans.Providers.Streams.Common;

/// <summary>A token of two numbers: what was published, and the event within it.</summary>
[GenerateSerializer]
public class EventSequenceToken : StreamSequenceToken
{
    /// <summary>Creates a token without numbers, for serializers.</summary>
    public EventSequenceToken()
    {
    }

    /// <summary>Creates the token of the first event.</summary>
    public EventSequenceToken(long sequenceNumber)
        : this(sequenceNumber, eventIndex: 0)
    {
    }

    /// <summary>Creates the token of one event.</summary>
    [JsonConstructor]
    public EventSequenceToken(long sequenceNumber, int eventIndex)
    {
        SequenceNumber = sequenceNumber;
        EventIndex = eventIndex;
    }

    /// <inheritdoc/>
    [Id(0)]
    public override long SequenceNumber { get; protected set; }

    /// <inheritdoc/>
    [Id(1)]
    public override int EventIndex { get; protected set; }

    /// <summary>Returns the token of another event that was published with this one.</summary>
    public EventSequenceToken CreateSequenceTokenForEvent(int eventInd) => new(SequenceNumber, eventInd);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

    /// <inheritdoc/>
    public override bool Equals(StreamSequenceToken? other) => TokenOrder.AreEqual(this, other);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The other token is of another kind.</exception>
    public override int CompareTo(StreamSequenceToken? other) => TokenOrder.Compare(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SequenceNumber, EventIndex);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[EventSequenceToken: SeqNum={SequenceNumber}, EventIndex={EventIndex}]");
}
