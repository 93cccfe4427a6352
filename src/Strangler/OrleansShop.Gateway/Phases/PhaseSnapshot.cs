using System.Collections.Immutable;
using OrleansShop.Gateway.Routing;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

/// <summary>
/// The phases of all capabilities at one moment, and what they mean for each route: the routing rule is applied once when a phase changes
/// instead of with every request. Immutable.
/// </summary>
internal sealed class PhaseSnapshot
{
    private readonly ImmutableArray<bool> _servedByGrains;

    public PhaseSnapshot(ImmutableSortedDictionary<string, PhaseRecord> phases, RouteTable routes)
    {
        Phases = phases;
        _servedByGrains = [.. routes.Actions.Select(action => action.Route.IsServedByGrains(action.Method, name => phases[name].Phase))];
    }

    /// <summary>The phase of each capability of the catalog by name.</summary>
    public ImmutableSortedDictionary<string, PhaseRecord> Phases { get; }

    /// <summary>Whether the requests of a route and method go to the capability's service.</summary>
    public bool IsServedByGrains(RouteAction action) => _servedByGrains[action.Index];
}

/// <summary>The phase of a capability.</summary>
/// <param name="Phase">Who answers for it.</param>
/// <param name="Since">Since when, in UTC.</param>
internal sealed record PhaseRecord(CapabilityPhase Phase, DateTimeOffset Since);
