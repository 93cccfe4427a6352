using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Versions;

/// <summary>
/// Which versions of an interface answer which calls, and which of them a new activation gets: what was set at run time, else what the options say. Thread-safe.
/// </summary>
internal sealed class VersionRules
{
    private readonly VersionDirectors _directors;
    private readonly string _defaultCompatibility;
    private readonly string _defaultSelector;
    private readonly Lock _taking = new();

    // Replaced as a whole by Take, under _taking.
    private volatile Rules _current;

    /// <exception cref="OrleansConfigurationException">An option names no rule.</exception>
    public VersionRules(IOptions<GrainVersioningOptions> options, VersionDirectors directors)
    {
        _directors = directors;
        (_defaultCompatibility, _defaultSelector) = (options.Value.DefaultCompatibilityStrategy, options.Value.DefaultVersionSelectorStrategy);
        try
        {
            _current = Resolve(VersionStrategies.None);
        }
        catch (ArgumentException cause)
        {
            throw new OrleansConfigurationException(
                $"GrainVersioningOptions: DefaultCompatibilityStrategy is \"{_defaultCompatibility}\" and DefaultVersionSelectorStrategy is \"{_defaultSelector}\". {cause.Message}", cause);
        }
    }

    /// <summary>The rules have changed. On the thread of whoever changed them; must return soon.</summary>
    public event Action? Changed;

    /// <summary>What was set at run time.</summary>
    public VersionStrategies Strategies => _current.Strategies;

    /// <summary>Whether an activation of one version answers a call of another. A caller without a version is answered by all.</summary>
    public bool Answers(GrainInterfaceType face, ushort current, ushort requested) => requested == 0 || _current.Of(face).Answers(current, requested);

    /// <summary>The versions that a new activation may have, of those that there are. Empty if none answers the call.</summary>
    public ushort[] Choose(GrainInterfaceType face, ushort requested, IEnumerable<ushort> available) => _current.Of(face).Choose(requested, available);

    /// <summary>Takes over what was set, unless something newer was taken.</summary>
    /// <exception cref="ArgumentException">It names a rule that this silo does not know. Nothing has changed then.</exception>
    public void Take(VersionStrategies strategies)
    {
        lock (_taking)
        {
            if (strategies.Number <= _current.Strategies.Number)
                return;
            _current = Resolve(strategies);
        }

        Changed?.Invoke();
    }

    /// <summary>Finds out whether this silo knows every rule that is named.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public void Check(VersionStrategies strategies) => Resolve(strategies);

    private Rules Resolve(VersionStrategies strategies)
    {
        var all = strategies.For(null);
        var everywhere = new VersionRule(_directors.Compatibility(all.Compatibility ?? _defaultCompatibility), _directors.Selector(all.Selector ?? _defaultSelector));
        return new(strategies, everywhere, strategies.Set.Where(set => set.Interface is not null).ToFrozenDictionary(
            set => GrainInterfaceType.Create(set.Interface!),
            set => new VersionRule(
                set.Compatibility is null ? everywhere.Compatibility : _directors.Compatibility(set.Compatibility),
                set.Selector is null ? everywhere.Selector : _directors.Selector(set.Selector))));
    }

    private sealed record Rules(VersionStrategies Strategies, VersionRule Everywhere, FrozenDictionary<GrainInterfaceType, VersionRule> ByInterface)
    {
        public VersionRule Of(GrainInterfaceType face) => ByInterface.Count == 0 ? Everywhere : ByInterface.GetValueOrDefault(TypeNaming.OpenNameOf(face), Everywhere);
    }
}
