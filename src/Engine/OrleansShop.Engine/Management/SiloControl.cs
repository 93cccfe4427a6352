using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Statistics;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Cancellation;
using OrleansShop.Engine.Messaging.Connections;

namespace OrleansShop.Engine.Management;

/// <summary>
/// Answers for one silo. It looks at the catalog as it is, beside the turns of the grains: numbers are of no single moment, and no grain waits for them.
/// </summary>
internal sealed class SiloControl : ISiloControl
{
    /// <summary>The name under which silos are called.</summary>
    public const string SystemTargetName = "control";

    private static readonly TimeSpan RecentUse = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CollectionPatience = TimeSpan.FromSeconds(8);

    private readonly ILocalSiloDetails _silo;
    private readonly ActivationCatalog _catalog;
    private readonly ClusterConnections? _connections;
    private readonly CallClock _clock;
    private readonly KeyedProviders _providers;
    private readonly IEnvironmentStatisticsProvider _environment;
    private readonly ReceivedTokens _tokens;

    public SiloControl(
        ILocalSiloDetails silo, ActivationCatalog catalog, LocalObservers observers, CallClock clock, KeyedProviders providers, IEnvironmentStatisticsProvider environment,
        ReceivedTokens tokens, ClusterConnections? connections = null)
    {
        _silo = silo;
        _catalog = catalog;
        _connections = connections;
        _clock = clock;
        _providers = providers;
        _environment = environment;
        _tokens = tokens;
        observers.Add(SystemTargetName, this);
    }

    public ValueTask<SiloRuntimeStatistics> Measure()
    {
        var usedSinceMs = _clock.NowMs - (long)RecentUse.TotalMilliseconds;
        var (count, recent) = (0, 0);
        foreach (var activation in _catalog.All)
        {
            count++;
            if (activation.LastUsedMs >= usedSinceMs)
                recent++;
        }

        var clients = _connections?.Open.Count(static connection => connection.Peer is { Silo: null }) ?? 0;
        return new(new SiloRuntimeStatistics(count, recent, clients, _clock.Time.GetUtcNow().UtcDateTime, _environment.GetEnvironmentStatistics()));
    }

    public ValueTask<SimpleGrainStatistic[]> CountByClass() => new([.. _catalog.All.CountBy(static activation => NameOf(activation.Class))
        .Select(counted => new SimpleGrainStatistic { GrainType = counted.Key, SiloAddress = _silo.SiloAddress, ActivationCount = counted.Value })]);

    public ValueTask<DetailedGrainStatistic[]> List(string[]? types) => new([.. _catalog.All
        .Where(activation => types is null || types.Contains(NameOf(activation.Class)) || types.Contains(activation.Class.GrainType.ToString()))
        .Select(activation => new DetailedGrainStatistic { GrainType = NameOf(activation.Class), SiloAddress = _silo.SiloAddress, GrainId = activation.GrainId })]);

    public ValueTask<int> CountAll() => new(_catalog.Count);

    public ValueTask<int> Count(GrainId grain) => new(_catalog.CountOf(grain));

    public ValueTask<List<GrainId>> ActiveGrains(GrainType type) =>
        new([.. _catalog.All.Where(activation => activation.Class.GrainType == type).Select(static activation => activation.GrainId).Distinct()]);

    public async ValueTask CollectActivations(TimeSpan age)
    {
        using var deadline = new CancellationTokenSource(CollectionPatience, _clock.Time);
        var ended = _catalog.CollectIdle((long)age.TotalMilliseconds).Select(activation => Ended(activation, deadline.Token)).ToList();
        await Task.WhenAll(ended);
    }

    public ValueTask CollectGarbage()
    {
        GC.Collect();
        return default;
    }

    public Task CancelToken(GrainId grain, Guid token) => _tokens.Cancel(grain, token);

    // By the name of the type, because payloads name only types that they carry.
    public async ValueTask<object?> Control(string providerType, string providerName, int command, object? arg)
    {
        if (_providers.Find(providerType, providerName) is not { } provider)
            throw new ArgumentException($"Silo {_silo.Name} has no provider \"{providerName}\" that is registered as {providerType}.", nameof(providerName));
        return provider is IControllable controllable
            ? await controllable.ExecuteCommand(command, arg)
            : throw new ArgumentException($"The provider \"{providerName}\" of silo {_silo.Name}, a {provider.GetType()}, takes no commands: it does not implement {nameof(IControllable)}.", nameof(providerName));
    }

    // What is asked to go decides in a turn. After two turns of its own it has decided; then either it goes, or it has found a reason to stay.
    private static async Task Ended(Activation activation, CancellationToken deadline)
    {
        for (var turns = 0; turns < 2; turns++)
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            activation.QueueAction(turn.SetResult);
            await ((Task)Task.WhenAny(turn.Task, activation.Deactivated)).WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (activation.State >= ActivationState.Deactivating)
            await activation.Deactivated.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string NameOf(GrainClass grainClass) => grainClass.Type?.FullName ?? grainClass.GrainType.ToString();
}
