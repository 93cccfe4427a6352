using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>A subscription that an event has come for and that has no observer.</summary>
internal sealed class UnobservedSubscription(SubscriptionDesk desk, string provider, StreamId stream, Guid subscription) : IStreamSubscriptionHandleFactory
{
    public string ProviderName => provider;

    public StreamId StreamId => stream;

    public GuidId SubscriptionId { get; } = GuidId.GetGuidId(subscription);

    public StreamSubscriptionHandle<T> Create<T>() => new SubscriptionHandle<T>(desk, provider, stream, subscription);
}
