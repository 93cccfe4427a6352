namespace Orleans.Streams;

/// <summary>A subscription asked for a place in the stream that the cache of its queue has already let go.</summary>
[GenerateSerializer]
public sealed class QueueCacheMissException : DataNotAvailableException
{
    /// <summary>Creates the exception with a general message.</summary>
    public QueueCacheMissException()
        : base("The place in the stream that was asked for is not in the cache any more.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public QueueCacheMissException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public QueueCacheMissException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="requested">The place that was asked for.</param>
    /// <param name="low">The oldest place in the cache.</param>
    /// <param name="high">The newest place in the cache.</param>
    public QueueCacheMissException(StreamSequenceToken requested, StreamSequenceToken low, StreamSequenceToken high)
        : this(requested?.ToString() ?? "", low?.ToString() ?? "", high?.ToString() ?? "")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="requested">The place that was asked for.</param>
    /// <param name="low">The oldest place in the cache.</param>
    /// <param name="high">The newest place in the cache.</param>
    public QueueCacheMissException(string requested, string low, string high)
        : base($"The cache has nothing at {requested} any more: its oldest event is {low}, its newest {high}.")
    {
        Requested = requested;
        Low = low;
        High = high;
    }

    /// <summary>The place that was asked for; null if unknown.</summary>
    [Id(0)]
    public string? Requested { get; private set; }

    /// <summary>The oldest place in the cache; null if unknown.</summary>
    [Id(1)]
    public string? Low { get; private set; }

    /// <summary>The newest place in the cache; null if unknown.</summary>
    [Id(2)]
    public string? High { get; private set; }
}
