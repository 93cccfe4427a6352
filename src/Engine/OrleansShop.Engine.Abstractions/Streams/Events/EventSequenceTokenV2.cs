using System.Globalization;
using System.Text.Json.Serialization;
using Orleans.Streams;

namespace Orleans.Providers.Streams.Common;

/// <summary>A token of two numbers: what was published, and the event within it.</summary>
[GenerateSerializer]
public class EventSequenceTokenV2 : StreamSequenceToken
{
    /// <summary>Creates a token without numbers, for serializers.</summary>
    public EventSequenceTokenV2()
    {
    }

    /// <summary>Creates the token of the first event.</summary>
    public EventSequenceTokenV2(long seqNumber)
        : this(seqNumber, eventInd: 0)
    {
    }

    /// <summary>Creates the token of one event.</summary>
    public EventSequenceTokenV2(long seqNumber, int eventInd)
    {
        SequenceNumber = seqNumber;
        EventIndex = eventInd;
    }

    /// <inheritdoc/>
    [Id(0)]
    [JsonInclude]
    public override long SequenceNumber { get; protected set; }

    /// <inheritdoc/>
    [Id(1)]
    [JsonInclude]
    public override int EventIndex { get; protected set; }

    /// <summary>Returns the token of another event that was published with this one.</summary>
    public EventSequenceTokenV2 CreateSequenceTokenForEvent(int eventInd) => new(SequenceNumber, eventInd);

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
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[EventSequenceTokenV2: SeqNum={SequenceNumber}, EventIndex={EventIndex}]");
}
