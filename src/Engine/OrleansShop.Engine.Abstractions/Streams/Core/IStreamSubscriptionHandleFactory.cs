using Orleans.Runtime;

namespace Orleans.Streams.Core;

/// <summary>A subscription that has no observer yet.</summary>
public interface IStreamSubscriptionHandleFactory
{
    /// <summary>The provider's name.</summary>
    string ProviderName { get; }

    /// <summary>The stream.</summary>
    StreamId StreamId { get; }

    /// <summary>What names the subscription.</summary>
    GuidId SubscriptionId { get; }

    /// <summary>Returns the subscription's handle, to be resumed.</summary>
    /// <typeparam name="T">The type of the stream's events.</typeparam>
    StreamSubscriptionHandle<T> Create<T>();
}
