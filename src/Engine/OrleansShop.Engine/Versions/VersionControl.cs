using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Versions;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Versions;

/// <summary>
/// A silo's part in what the whole cluster agrees on about versions: it asks the others when it starts, and takes over what it is told.
/// </summary>
/// <remarks>
/// <code>
///  a silo starts                                 a rule is changed
///  ─────────────                                 ─────────────────
///  (1) joining: ask the active silos; take       (4) the grain that changes rules stores the change
///      the newest, or what is stored             (5) its silo takes it, then tells every active silo,
///  (2) become active                                 and those that have asked
///  (3) ask again, on the way
/// </code>
/// A change that (1) came too early for is found by (3), or told by (5): whoever has answered (3) tells the silo of what comes after, also if its own view does not show the silo yet.
/// </remarks>
internal sealed partial class VersionControl : IVersionControl, ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>The name under which silos are called.</summary>
    public const string SystemTargetName = "versions";

    // A silo that died a moment ago is still in the table: a start must not wait for it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly SiloAddress _self;
    private readonly SystemTargets _silos;
    private readonly VersionRules _rules;
    private readonly VersionDirectors _directors;
    private readonly IVersionStore _store;
    private readonly ViewTableWatch _table;
    private readonly RingHolder _ring;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<SiloAddress, byte> _askers = new();

    public VersionControl(
        ILocalSiloDetails self, LocalObservers observers, SystemTargets silos, VersionRules rules, VersionDirectors directors, IVersionStore store, ViewTableWatch table, RingHolder ring,
        TimeProvider time, ILogger<VersionControl> logger)
    {
        _self = self.SiloAddress;
        _silos = silos;
        _rules = rules;
        _directors = directors;
        _store = store;
        _table = table;
        _ring = ring;
        _time = time;
        _logger = logger;
        observers.Add(SystemTargetName, this);
    }

    /// <summary>The other active silos of the current view.</summary>
    public IEnumerable<SiloAddress> Others => _ring.Current.View.Active.Select(row => row.Silo).Where(silo => !silo.Equals(_self));

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(VersionControl), ServiceLifecycleStage.BecomeActive - 1, Learn);
        lifecycle.Subscribe(nameof(VersionControl), ServiceLifecycleStage.Active, LearnAgain);
    }

    public ValueTask<VersionStrategies> Ask(SiloAddress asker)
    {
        _askers.TryAdd(asker, 0);
        return new(_rules.Strategies);
    }

    public ValueTask Take(VersionStrategies strategies)
    {
        _rules.Take(strategies);
        LogTaken(strategies.Number);
        return default;
    }

    /// <summary>Takes over what was set, and tells every other silo.</summary>
    /// <exception cref="OrleansException">A silo that is not dead did not answer. The others have been told.</exception>
    public async Task Spread(VersionStrategies strategies)
    {
        // (5)
        await Take(strategies);
        foreach (var gone in _askers.Keys.Where(_ring.Current.View.IsDead))
            _askers.TryRemove(gone, out _);
        var told = new HashSet<SiloAddress> { _self };
        while (Others.Union(_askers.Keys).Where(told.Add).ToList() is { Count: > 0 } untold)
            await Task.WhenAll(untold.Select(silo => Tell(silo, strategies)));
    }

    /// <summary>The newest of what this silo and others have; those that do not answer soon are not waited for.</summary>
    public async Task<VersionStrategies> NewestOf(IEnumerable<SiloAddress> others, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(others.Select(silo => AskOrGiveUp(silo, cancellationToken)));
        return answers.OfType<VersionStrategies>().Append(_rules.Strategies).MaxBy(strategies => strategies.Number)!;
    }

    /// <summary>What the store says.</summary>
    public async Task<VersionStrategies> Stored(CancellationToken cancellationToken)
    {
        var stored = VersionStrategies.None;
        stored = stored.With(new() { Compatibility = _directors.NameOf(await _store.GetCompatibilityStrategy(cancellationToken)), Selector = _directors.NameOf(await _store.GetSelectorStrategy(cancellationToken)) });
        foreach (var (face, strategy) in await _store.GetCompatibilityStrategies(cancellationToken))
            stored = stored.With(stored.For(face.ToString()) with { Compatibility = _directors.NameOf(strategy) });
        foreach (var (face, strategy) in await _store.GetSelectorStrategies(cancellationToken))
            stored = stored.With(stored.For(face.ToString()) with { Selector = _directors.NameOf(strategy) });
        return stored with { Number = 1 };
    }

    private async Task Learn(CancellationToken cancellationToken)
    {
        // (1)
        var view = await _table.Read(cancellationToken);
        var newest = await NewestOf(view.Active.Select(row => row.Silo).Where(silo => !silo.Equals(_self)), cancellationToken);
        if (newest.Number == 0 && _store.IsEnabled)
            newest = await Stored(cancellationToken);
        _rules.Take(newest);
    }

    private Task LearnAgain(CancellationToken cancellationToken)
    {
        // (3) The start does not wait for it: (1) has found everything but a change of this very moment.
        _ = Learn(Others.ToList());
        return Task.CompletedTask;
    }

    private async Task Learn(List<SiloAddress> others)
    {
        try
        {
            _rules.Take(await NewestOf(others, CancellationToken.None));
        }
        catch (ArgumentException cause)
        {
            LogUnknownRule(cause, _self);
        }
    }

    private async Task<VersionStrategies?> AskOrGiveUp(SiloAddress silo, CancellationToken cancellationToken)
    {
        try
        {
            return await Of(silo).Ask(_self).AsTask().WaitAsync(s_patience, _time, cancellationToken);
        }
        catch (Exception cause) when (cause is TimeoutException or OrleansException)
        {
            LogNoAnswer(cause, silo);
            return null;
        }
    }

    private async Task Tell(SiloAddress silo, VersionStrategies strategies)
    {
        try
        {
            await Of(silo).Take(strategies);
        }
        catch (Exception cause) when (_ring.Current.View.IsDead(silo))
        {
            // Nobody is there any more who would have to know.
            LogNoAnswer(cause, silo);
        }
        catch (Exception cause) when (cause is TimeoutException or OrleansException or ArgumentException)
        {
            throw new OrleansException($"Silo {silo} has not taken over the change of the rules about versions, which the others have: {cause.Message} Set it again.", cause);
        }
    }

    private IVersionControl Of(SiloAddress silo) => _silos.Of<IVersionControl>(silo, SystemTargetName);
}
