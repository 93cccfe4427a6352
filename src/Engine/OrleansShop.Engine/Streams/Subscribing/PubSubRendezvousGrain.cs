using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Placement;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Streams.Pulling;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>Keeps the explicit subscriptions to one stream, and tells the stream's agent of every change.</summary>
/// <remarks>
/// Stored first, told afterwards: an agent that is not told because its silo is dying is replaced by one that reads. An agent that cannot be
/// told although it lives is told again until it was.
/// </remarks>
[HostedOnRequest]
[HashBasedPlacement]
[StorageProvider(ProviderName = ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME)]
internal sealed partial class PubSubRendezvousGrain(ReferenceFactory references, TimeProvider time, ILogger<PubSubRendezvousGrain> logger) : Grain<PubSubGrainState>, IPubSubRendezvousGrain
{
    /// <summary>The most subscriptions to one stream.</summary>
    public const int MaxSubscriptions = 10_000;

    public static readonly GrainType Type = GrainType.Create("pubsubrendezvous");

    private static readonly TimeSpan s_tellAgainAfter = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private IGrainTimer? _tellAgain;
    private GrainId _agent;

    private StreamId Stream => StreamOf(this.GetPrimaryKeyString());

    private SubscriptionList Current => new(State.Version, [.. State.Subscriptions]);

    /// <summary>The id of the grain that keeps the subscriptions to a stream.</summary>
    public static GrainId IdOf(string provider, StreamId stream) => GrainId.Create(Type, $"{provider}/{stream}");

    public Task<SubscriptionList> Read() => Task.FromResult(Current);

    public async Task Subscribe(StreamSubscription subscription, GrainId agent, StreamSequenceToken? from)
    {
        var subscriptions = State.Subscriptions.Where(known => known.Id != subscription.Id).Append(subscription).ToList();
        if (subscriptions.Count > MaxSubscriptions)
            throw new LimitExceededException($"The stream {Stream} has {MaxSubscriptions} subscriptions, and that is the most a stream can have.");
        await Store(subscriptions);
        await Tell(agent, subscription.Id, from);
    }

    public async Task Unsubscribe(Guid subscription, GrainId agent)
    {
        var subscriptions = State.Subscriptions.Where(known => known.Id != subscription).ToList();
        if (subscriptions.Count == State.Subscriptions.Count)
            return;
        await Store(subscriptions);
        await Tell(agent);
    }

    public async Task Fault(Guid subscription, GrainId agent)
    {
        if (!State.Subscriptions.Exists(known => known.Id == subscription && !known.IsFaulted))
            return;
        await Store([.. State.Subscriptions.Select(known => known.Id == subscription ? known with { IsFaulted = true } : known)]);
        await Tell(agent);
    }

    private async Task Store(List<StreamSubscription> subscriptions)
    {
        // Of the clock, so that versions go on growing after the state was cleared.
        var version = Math.Max(State.Version + 1, time.GetUtcNow().UtcTicks);
        if (subscriptions.Count == 0)
        {
            await ClearStateAsync();
            State = new PubSubGrainState { Version = version };
            return;
        }

        State = new PubSubGrainState { Version = version, Subscriptions = subscriptions };
        await WriteStateAsync();
    }

    private async Task Tell(GrainId agent, Guid? added = null, StreamSequenceToken? from = null)
    {
        _agent = agent;
        try
        {
            await references.Create<IStreamAgentGrain>(agent).SubscriptionsChanged(Stream, Current, added, from);
            _tellAgain?.Dispose();
            _tellAgain = null;
        }
#pragma warning disable CA1031 // Whatever it was: the change is stored, the caller hears of the failure, and the agent will hear of the change.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotTold(e, agent, Stream);
            _tellAgain ??= this.RegisterGrainTimer(_ => Tell(_agent), new GrainTimerCreationOptions(s_tellAgainAfter, s_tellAgainAfter) { KeepAlive = true });
            if (from is not null)
                throw;
        }
    }

    private static StreamId StreamOf(string key) => StreamId.Parse(System.Text.Encoding.UTF8.GetBytes(key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..]));
}
