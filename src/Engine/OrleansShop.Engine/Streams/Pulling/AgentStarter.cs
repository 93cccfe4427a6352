using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Streams.Providers;

namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>Has the agents of the queues that this silo owns started: when the silo becomes active, on every view, and once in a while.</summary>
/// <remarks>An agent is a grain like others and would start with the first call; this is the first call.</remarks>
internal sealed partial class AgentStarter(
    IServiceProvider services, IEnumerable<StreamProviderName> names, IOptionsMonitor<StreamLifecycleOptions> lifecycles, ReferenceFactory references, Lazy<ICallRouter> router,
    ILocalSiloDetails self, TimeProvider time, ILogger<AgentStarter> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>An agent that failed to start is started again this much later at the latest.</summary>
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _look = new(initialCount: 0);
    private Task _starting = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle)
    {
        foreach (var name in names.Select(static known => known.Name).Distinct())
            lifecycle.Subscribe($"{nameof(StreamProvider)} {name}", lifecycles.Get(name).InitStage, _ => StreamProvider.Of(services, name).Adapter);
        lifecycle.Subscribe(nameof(AgentStarter), StreamLifecycleOptions.DEFAULT_START_STAGE, Start, Stop);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _look.Dispose();
    }

    private Task Start(CancellationToken cancellationToken)
    {
        if (services.GetService<SiloViews>() is { } views)
            views.Changed += (_, _) => Look();
        _starting = Task.Run(KeepStarting, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _starting;
    }

    // Views go on changing while the silo stops.
    private void Look()
    {
        if (!_stopping.IsCancellationRequested)
            _look.Release();
    }

    private async Task KeepStarting()
    {
        while (!_stopping.IsCancellationRequested)
        {
            foreach (var name in names.Select(static known => known.Name).Distinct())
            {
                // Options that are wrong have kept the silo from starting: nothing here throws.
                if (lifecycles.Get(name).StartupState == StreamLifecycleOptions.RunState.AgentsStarted)
                    await StartAgentsOf(StreamProvider.Of(services, name));
            }

            // A semaphore waits on the system's clock; a delay on ours does not, and ends it.
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            await Task.WhenAny(_look.WaitAsync(waiting.Token), Task.Delay(s_period, time, waiting.Token));
            await waiting.CancelAsync();
        }
    }

    private Task StartAgentsOf(StreamProvider provider) => Task.WhenAll(provider.Mapper.GetAllQueues().Select(queue => StreamAgentGrain.IdOf(provider.Name, queue)).Where(IsOurs).Select(Start));

    private bool IsOurs(GrainId agent) =>
        router.Value.IsMine(agent) || (services.GetService<IGrainLocation>() is { } location && location.TryGetOwner(agent, out var owner) && owner.Equals(self.SiloAddress));

    private async Task Start(GrainId agent)
    {
        try
        {
            await references.Create<IStreamAgentGrain>(agent).Start().WaitAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The silo stops; so would the agent.
        }
#pragma warning disable CA1031 // It is tried again, whatever it was.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotStarted(e, agent);
        }
    }

    [LoggerMessage(1734, LogLevel.Warning, "The stream agent {Agent} could not be started; it is tried again.")]
    private partial void LogNotStarted(Exception exception, GrainId agent);
}
