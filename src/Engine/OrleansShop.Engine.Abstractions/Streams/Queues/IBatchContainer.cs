using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>What was published at once to one stream. It travels to the subscribers, so it has to be serializable.</summary>
public interface IBatchContainer
{
    /// <summary>The stream.</summary>
    StreamId StreamId { get; }

    /// <summary>The place of the first event.</summary>
    StreamSequenceToken SequenceToken { get; }

    /// <summary>Returns the events and their places.</summary>
    IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>();

    /// <summary>Makes the publisher's request context the current one; false if there was none.</summary>
    bool ImportRequestContext();
}
