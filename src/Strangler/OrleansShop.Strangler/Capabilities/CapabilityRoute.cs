using System.Collections.Immutable;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>Requests that belong to a capability: one path template with the methods that it takes.</summary>
/// <param name="Capability">The capability that owns the route.</param>
/// <param name="Template">The whole path with its base, such as <c>/api/books/{bookId}</c>. Segments are literals or one parameter each.</param>
/// <param name="Methods">The HTTP methods, in upper case. HEAD comes with GET by itself.</param>
/// <param name="Kind">What the requests are about: one entity, a list, or a new entity.</param>
/// <param name="Entity">The kind of entity that the route addresses, lists or creates; the name of one of the capability's entities.</param>
/// <param name="EntityParameter">The parameter of the template that is the entity's id; null unless <paramref name="Kind"/> is <see cref="RouteKind.Entity"/>.</param>
/// <param name="Cascades">The other capabilities whose data a DELETE on this route also deletes. Empty for routes without DELETE.</param>
public sealed record CapabilityRoute(
    string Capability,
    string Template,
    ImmutableArray<string> Methods,
    RouteKind Kind,
    string Entity,
    string? EntityParameter,
    ImmutableArray<string> Cascades)
{
    /// <summary>What the ids of <see cref="Entity"/> are.</summary>
    public KeyType KeyType { get; init; }

    /// <summary>Whether the route takes this method; GET stands for HEAD too.</summary>
    public bool Takes(string method) =>
        Methods.Contains(method, StringComparer.OrdinalIgnoreCase)
        || (HttpVerbs.IsHead(method) && Methods.Contains(HttpVerbs.Get));

    /// <summary>
    /// The routing rule, here and nowhere else. One entity goes where it is wanted (<see cref="CapabilityStatus.WantedOwner"/>), a list where lists are answered from, a new entity in Canary to the service for as
    /// many of a hundred as its share has, or always if it comes with its id. A DELETE goes to the service as soon as grains may own something in a capability that it cascades into, because the monolith's own cascade would meet a fence.
    /// </summary>
    /// <param name="method">The HTTP method of the requests.</param>
    /// <param name="statusOf">Tells how a capability stands, by its name.</param>
    public RequestSide SideOf(string method, Func<string, CapabilityStatus> statusOf)
    {
        ArgumentNullException.ThrowIfNull(statusOf);
        if (HttpVerbs.IsDelete(method) && Cascades.Any(cascade => statusOf(cascade).Phase.MayOwnEntities()))
        {
            return new RequestSide(SideRule.Grains);
        }

        var status = statusOf(Capability);
        return status.Phase switch
        {
            CapabilityPhase.Monolith or CapabilityPhase.Shadow => new RequestSide(SideRule.Monolith),
            CapabilityPhase.Canary => SideOfShare(status.Percent),
            CapabilityPhase.Grains => new RequestSide(Kind == RouteKind.List && !status.ListsComeFromGrains ? SideRule.Monolith : SideRule.Grains),
            CapabilityPhase.Retired => new RequestSide(SideRule.Grains),
            _ => throw new InvalidOperationException($"This version does not know the phase {status.Phase} of {Capability}."),
        };
    }

    private RequestSide SideOfShare(int percent) => (Kind, percent) switch
    {
        // An id that comes with the request can be looked for on both sides by the service alone; and where one was deleted by a grain, a fence stands.
        (RouteKind.Create, _) when KeyType != KeyType.Integer => new RequestSide(SideRule.Grains),
        (RouteKind.List, _) or (_, <= 0) => new RequestSide(SideRule.Monolith),
        (_, >= 100) => new RequestSide(SideRule.Grains),
        (RouteKind.Entity, _) => new RequestSide(SideRule.ShareOfEntities, percent),
        _ => new RequestSide(SideRule.ShareOfRequests, percent),
    };
}
