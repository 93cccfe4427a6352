using Orleans.Runtime;
using OrleansShop.Engine.Messaging;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>Tells whether a subscriber has gone for good: an observer object whose process or client is not there any more. Grains never go.</summary>
/// <param name="ring">The ring; null in a silo without a cluster.</param>
internal sealed class ConsumersGone(RingHolder? ring)
{
    public bool IsGone(GrainId consumer, Exception failure)
    {
        if (!ObserverAddress.TryParse(consumer, out var host))
            return false;
        return failure is Orleans.Runtime.ClientNotAvailableException || (host.Silo is { } silo && ring is not null && ring.Current.View.IsDead(silo));
    }
}
