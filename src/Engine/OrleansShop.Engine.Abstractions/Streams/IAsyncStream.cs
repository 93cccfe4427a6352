using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A stream, of whatever events.</summary>
public interface IAsyncStream
{
    /// <summary>Whether a subscription can begin with events of the past.</summary>
    bool IsRewindable { get; }

    /// <summary>The provider's name.</summary>
    string ProviderName { get; }

    /// <summary>The stream's id.</summary>
    StreamId StreamId { get; }
}
