using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Implicit;
using OrleansShop.Engine.Streams.Monitoring;
using OrleansShop.Engine.Streams.Providers;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>
/// The agent of one queue as a grain: the ring gives each queue one owner, and a handoff ends the old agent before the new one starts.
/// Its grain type names the provider, its key the queue.
/// </summary>
[HostedOnRequest]
[HashBasedPlacement]
[Reentrant]
[KeepAlive]
internal sealed class StreamAgentGrain(IServiceProvider services, ReferenceFactory references, ImplicitSubscriptions implicitSubscriptions, StreamMetrics metrics, TimeProvider time, ILogger<QueueAgent> logger)
    : Grain, IStreamAgentGrain, IDisposable
{
    private const string TypePrefix = "sys.streams.";

    private QueueAgent? _agent;

    public static GrainType TypeOf(string provider) => GrainType.Create(TypePrefix + provider);

    public static GrainId IdOf(string provider, QueueId queue) => GrainId.Create(TypeOf(provider), queue.ToString());

    /// <summary>The provider whose agent has this id.</summary>
    public static string ProviderOf(GrainId agent) => agent.Type.ToString()![TypePrefix.Length..];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var provider = StreamProvider.Of(services, ProviderOf(this.GetGrainId()));
        var key = this.GetPrimaryKeyString();
        var queue = provider.Mapper.GetAllQueues().FirstOrDefault(queue => queue.ToString() == key);
        if (queue.IsDefault)
            throw new OrleansConfigurationException($"Stream provider \"{provider.Name}\" has no queue \"{key}\" on this silo. The number of queues has to be the same in every silo and client.");
        if (services.GetRequiredService<IOptionsMonitor<StreamLifecycleOptions>>().Get(provider.Name).StartupState != StreamLifecycleOptions.RunState.AgentsStarted)
            return;

        var adapter = await provider.Adapter;
        if ((adapter.Direction & StreamProviderDirection.ReadOnly) == 0)
            return;
        var options = services.GetRequiredService<IOptionsMonitor<StreamPullingAgentOptions>>().Get(provider.Name);
        var cache = provider.Factory.GetQueueAdapterCache().CreateQueueCache(queue);
        if (cache is SimpleQueueCache simple)
            simple.KeepsDelivered = adapter.IsRewindable;
        _agent = new QueueAgent(logger)
        {
            Provider = provider,
            Queue = queue,
            Self = this.GetGrainId(),
            Receiver = adapter.CreateReceiver(queue),
            Cache = cache,
            FailureHandler = await provider.Factory.GetDeliveryFailureHandler(queue),
            Options = options,
            Services = services,
            Filter = services.GetKeyedService<Orleans.Streams.Filtering.IStreamFilter>(provider.Name),
            References = references,
            Implicit = implicitSubscriptions,
            Consumers = services.GetRequiredService<ConsumersGone>(),
            Metrics = metrics,
            Queues = services.GetRequiredService<PulledQueues>(),
            Time = time,
        };
        if (services.GetKeyedService<IDeadLetterQueue>(provider.Name) is { } deadLetters)
            _agent.KeepFailures(deadLetters, services.GetRequiredService<IOptionsMonitor<StreamDeadLetterOptions>>().Get(provider.Name).MaxAttempts);
        await _agent.Start();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _agent?.Stop() ?? Task.CompletedTask;

    public void Dispose() => _agent?.Dispose();

    public Task Start() => Task.CompletedTask;

    public Task SubscriptionsChanged(StreamId stream, SubscriptionList list, Guid? added, StreamSequenceToken? from)
    {
        _agent?.SubscriptionsChanged(stream, list, added, from);
        return Task.CompletedTask;
    }

    public Task Rewind(StreamId stream, Guid subscription, StreamSequenceToken from) => _agent?.Rewind(stream, subscription, from) ?? Task.CompletedTask;
}
