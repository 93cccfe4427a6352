namespace Orleans.Streams;

/// <summary>The place of an event in its stream. Tokens of one provider can be compared; what their numbers mean is the provider's business.</summary>
[GenerateSerializer]
#pragma warning disable CA1067 // The signature is given; those that derive override both.
public abstract class StreamSequenceToken : IEquatable<StreamSequenceToken?>, IComparable<StreamSequenceToken?>
#pragma warning restore CA1067
{
    /// <summary>The number of what was published.</summary>
    public abstract long SequenceNumber { get; protected set; }

    /// <summary>The number of the event within what was published at once; from 0.</summary>
    public abstract int EventIndex { get; protected set; }

    /// <inheritdoc/>
    public abstract bool Equals(StreamSequenceToken? other);

    /// <inheritdoc/>
    public abstract int CompareTo(StreamSequenceToken? other);
}
