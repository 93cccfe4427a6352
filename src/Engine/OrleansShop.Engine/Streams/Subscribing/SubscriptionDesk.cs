using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Context;
using OrleansShop.Engine.Streams.Implicit;
using OrleansShop.Engine.Streams.Providers;
using OrleansShop.Engine.Streams.Pulling;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>Where code of this process subscribes: in the turn of a grain for that grain, elsewhere for the process.</summary>
internal sealed class SubscriptionDesk(
    IServiceProvider services, ReferenceFactory references, CallSender sender, ProcessConsumers process, StreamMetrics metrics)
{
    // Named so that it exists before a reference is made.
    private readonly CallSender _sender = sender;

    public IServiceProvider Services => services;

    public StreamMetrics Metrics => metrics;

    /// <summary>The desk of the process whose grain this turn belongs to.</summary>
    /// <exception cref="InvalidOperationException">This is not a grain's turn.</exception>
    public static SubscriptionDesk OfThisTurn(string provider) =>
        CurrentActivation.Context?.ActivationServices.GetService<SubscriptionDesk>() ?? throw new InvalidOperationException(
            $"A stream subscription of provider \"{provider}\" that was stored or sent can only be used in a grain of a silo with streams. In a client, take it from GetAllSubscriptionHandles.");

    public async Task<StreamSubscriptionHandle<T>> Subscribe<T>(StreamProvider provider, StreamId stream, EventSink sink, StreamSequenceToken? from, string? filterData)
    {
        RefuseTokenWithoutRewind(provider, stream, from);
        if (GrainHere() is { } grain && ImplicitIdOf(provider, stream, grain.GrainId) is { } implicitId)
            return await Resume(new SubscriptionHandle<T>(this, provider.Name, stream, implicitId), sink, from);
        if (provider.PubSubType == StreamPubSubType.ImplicitOnly)
        {
            throw new InvalidOperationException(
                $"Stream provider \"{provider.Name}\" knows implicit subscriptions only, and {Subscriber()} has none to {stream}. Configure it with another StreamPubSubType, or give the grain class an [ImplicitStreamSubscription].");
        }

        // Attached first: events come as soon as the subscription is known.
        var id = ImplicitSubscriptionId.NewExplicit();
        var consumer = Attach(id, sink);
        try
        {
            await Rendezvous(provider.Name, stream).Subscribe(new StreamSubscription(id, consumer, filterData), provider.AgentOf(stream), from);
        }
        catch
        {
            Detach(id);
            throw;
        }

        return new SubscriptionHandle<T>(this, provider.Name, stream, id);
    }

    public async Task<StreamSubscriptionHandle<T>> Resume<T>(SubscriptionHandle<T> handle, EventSink sink, StreamSequenceToken? from)
    {
        var provider = StreamProvider.Of(services, handle.ProviderName);
        RefuseTokenWithoutRewind(provider, handle.StreamId, from);
        var wasKnown = GrainHere() is not null || process.Knows(handle.HandleId);
        var consumer = Attach(handle.HandleId, sink);
        if (!wasKnown)
            await Rendezvous(provider.Name, handle.StreamId).Subscribe(new StreamSubscription(handle.HandleId, consumer, FilterData: null), provider.AgentOf(handle.StreamId), from);
        else if (from is not null)
            await references.Create<IStreamAgentGrain>(provider.AgentOf(handle.StreamId)).Rewind(handle.StreamId, handle.HandleId, from);
        return new SubscriptionHandle<T>(this, handle.ProviderName, handle.StreamId, handle.HandleId);
    }

    public async Task Unsubscribe(string providerName, StreamId stream, Guid subscription)
    {
        var provider = StreamProvider.Of(services, providerName);
        if (!ImplicitSubscriptionId.Is(subscription))
            await Rendezvous(providerName, stream).Unsubscribe(subscription, provider.AgentOf(stream));
        Detach(subscription);
    }

    public async Task<IList<StreamSubscriptionHandle<T>>> GetAll<T>(StreamProvider provider, StreamId stream)
    {
        var handles = new List<StreamSubscriptionHandle<T>>();
        var grain = GrainHere();
        if (grain is not null && ImplicitIdOf(provider, stream, grain.GrainId) is { } implicitId)
            handles.Add(new SubscriptionHandle<T>(this, provider.Name, stream, implicitId));
        if (provider.PubSubType == StreamPubSubType.ImplicitOnly)
            return handles;
        var list = await Rendezvous(provider.Name, stream).Read();
        foreach (var subscription in list.Subscriptions)
        {
            if (grain is not null ? subscription.Consumer == grain.GrainId : process.Owns(subscription.Consumer))
                handles.Add(new SubscriptionHandle<T>(this, provider.Name, stream, subscription.Id));
        }

        return handles;
    }

    // An observer's callback runs in a turn too, but it is the process that subscribes there.
    private static Activation? GrainHere() => CurrentActivation.Context is Activation { Class.IsObserver: false } grain ? grain : null;

    private static string Subscriber() => GrainHere() is { } grain ? grain.GrainId.ToString() : "code outside of grains";

    private static void RefuseTokenWithoutRewind(StreamProvider provider, StreamId stream, StreamSequenceToken? token)
    {
        if (token is not null && !provider.IsRewindable)
            throw new ArgumentException($"Stream provider \"{provider.Name}\" cannot go back, so a subscription to {stream} cannot begin at {token}. Subscribe without a token.", nameof(token));
    }

    private Guid? ImplicitIdOf(StreamProvider provider, StreamId stream, GrainId grain) =>
        provider.PubSubType != StreamPubSubType.ExplicitGrainBasedOnly && services.GetService<ImplicitSubscriptions>() is { } known ? known.Find(provider.Name, stream, grain) : null;

    private GrainId Attach(Guid subscription, EventSink sink)
    {
        if (GrainHere() is not { } grain)
            return process.Attach(subscription, sink, this);
        ExtensionOf(grain).Attach(subscription, sink);
        return grain.GrainId;
    }

    private void Detach(Guid subscription)
    {
        if (GrainHere() is { } grain)
            ExtensionOf(grain).Detach(subscription);
        else
            process.Detach(subscription);
    }

    private static StreamConsumerExtension ExtensionOf(Activation grain) => (StreamConsumerExtension)grain.GetExtension<IStreamConsumerExtension>();

    private IPubSubRendezvousGrain Rendezvous(string provider, StreamId stream) => references.Create<IPubSubRendezvousGrain>(PubSubRendezvousGrain.IdOf(provider, stream));

    /// <summary>A consumer without subscriptions.</summary>
    public StreamConsumerExtension NewConsumer() => new(this, services.GetRequiredService<ILogger<StreamConsumerExtension>>());
}
