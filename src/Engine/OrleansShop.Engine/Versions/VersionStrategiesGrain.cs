using Orleans;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Versions;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Versions;

/// <summary>Changes the rules about versions: stored first, then told to every silo.</summary>
/// <remarks>
/// It stores nothing of its own. When it starts, it takes the newest that any silo has; where there is a store, what that says counts, because a change may have been
/// stored by a silo that died before it told anybody.
/// </remarks>
[HostedOnRequest]
[GrainType(TypeName)]
[HashBasedPlacement]
internal sealed class VersionStrategiesGrain(VersionControl control, VersionRules rules, VersionDirectors directors, IVersionStore store) : Grain, IVersionStrategiesGrain
{
    /// <summary>The name of its grain type, which no class of an application has by convention.</summary>
    public const string TypeName = "sys.versions";

    private VersionStrategies _current = VersionStrategies.None;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _current = await control.NewestOf(control.Others, cancellationToken);
        if (!store.IsEnabled)
            return;
        var stored = await control.Stored(cancellationToken);
        if (!stored.SaysTheSameAs(_current))
            _current = stored with { Number = Math.Max(_current.Number, stored.Number) + 1 };
    }

    public Task SetCompatibility(string? face, string? strategy) => Change(
        _current.For(face) with { Compatibility = strategy },
        () => face is null
            ? store.SetCompatibilityStrategy(Named<CompatibilityStrategy>(strategy))
            : store.SetCompatibilityStrategy(GrainInterfaceType.Create(face), Named<CompatibilityStrategy>(strategy)));

    public Task SetSelector(string? face, string? strategy) => Change(
        _current.For(face) with { Selector = strategy },
        () => face is null
            ? store.SetSelectorStrategy(Named<VersionSelectorStrategy>(strategy))
            : store.SetSelectorStrategy(GrainInterfaceType.Create(face), Named<VersionSelectorStrategy>(strategy)));

    private async Task Change(InterfaceStrategies changed, Func<Task> keep)
    {
        var next = _current.With(changed);
        rules.Check(next);
        if (store.IsEnabled)
            await keep();

        // From here on it has happened: a silo that does not answer is told with the next change, or asks when it starts.
        _current = next;
        await control.Spread(next);
    }

    private TStrategy? Named<TStrategy>(string? name)
        where TStrategy : class => name is null ? null : directors.Named<TStrategy>(name);
}
