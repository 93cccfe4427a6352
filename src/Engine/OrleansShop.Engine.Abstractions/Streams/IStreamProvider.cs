using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Where streams come from.</summary>
public interface IStreamProvider
{
    /// <summary>The name that it was added under.</summary>
    string Name { get; }

    /// <summary>Whether subscriptions can begin with events of the past.</summary>
    bool IsRewindable { get; }

    /// <summary>Returns a stream. Every id names one; nothing is created and nothing is sent.</summary>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}
