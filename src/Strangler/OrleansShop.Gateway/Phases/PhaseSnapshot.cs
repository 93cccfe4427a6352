using System.Collections.Immutable;
using OrleansShop.Gateway.Routing;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

/// <summary>
/// How all capabilities stand at one moment, and what that means for each route: the routing rule is applied once when something changes
/// instead of with every request. Immutable.
/// </summary>
internal sealed class PhaseSnapshot
{
    private readonly ImmutableArray<RequestSide> _sides;
    private readonly ImmutableArray<PhaseRecord> _records;
    private readonly ulong _moving;
    private readonly ulong _shadow;

    public PhaseSnapshot(ImmutableSortedDictionary<string, PhaseRecord> phases, RouteTable routes)
    {
        Phases = phases;
        _moving = SetOf(routes, capability => phases[capability].Phase != CapabilityPhase.Monolith);
        _shadow = SetOf(routes, capability => phases[capability].Phase == CapabilityPhase.Shadow);
        _sides = [.. routes.Actions.Select(action => action.Route.SideOf(action.Method, name => phases[name].StatusOf(name)))];
        _records = [.. routes.Actions.Select(action => phases[action.Route.Capability])];
    }

    /// <summary>How each capability of the catalog stands, by name.</summary>
    public ImmutableSortedDictionary<string, PhaseRecord> Phases { get; }

    /// <summary>Where the requests of a route and method go.</summary>
    public RequestSide SideOf(RouteAction action) => _sides[action.Index];

    /// <summary>How the capability of a route stands.</summary>
    public PhaseRecord RecordOf(RouteAction action) => _records[action.Index];

    /// <summary>Whether entities of a capability that the request may change may move now, so that it may have to be sent to another side than at first.</summary>
    public bool MayMove(RouteAction action) => (action.Writes & _moving) != 0;

    /// <summary>Whether the capability of a route has left the phase Monolith, so that what each side answers is counted.</summary>
    public bool Counts(RouteAction action) => (_moving & (1UL << action.Capability)) != 0;

    /// <summary>Whether the capability of a route is in Shadow.</summary>
    public bool IsInShadow(RouteAction action) => (_shadow & (1UL << action.Capability)) != 0;

    private static ulong SetOf(RouteTable routes, Func<string, bool> isIn) =>
        routes.Capabilities.Index().Where(entry => isIn(entry.Item)).Aggregate(0UL, static (set, entry) => set | (1UL << entry.Index));
}
