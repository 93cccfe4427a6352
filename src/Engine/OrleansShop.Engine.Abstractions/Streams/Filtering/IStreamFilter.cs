using Orleans.Runtime;

namespace Orleans.Streams.Filtering;

/// <summary>Decides which events subscriptions get. Registered with <c>AddStreamFilter</c>.</summary>
public interface IStreamFilter
{
    /// <summary>Whether a subscription wants an event. Of what was published together, all is delivered if one is wanted.</summary>
    /// <param name="streamId">The stream.</param>
    /// <param name="item">The event.</param>
    /// <param name="filterData">What was given when subscribing.</param>
    bool ShouldDeliver(StreamId streamId, object item, string filterData);
}
