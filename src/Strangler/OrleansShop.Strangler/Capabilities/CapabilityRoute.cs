using System.Collections.Immutable;
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
    /// <summary>Whether the route takes this method; GET stands for HEAD too.</summary>
    public bool Takes(string method) =>
        Methods.Contains(method, StringComparer.OrdinalIgnoreCase)
        || (HttpVerbs.IsHead(method) && Methods.Contains(HttpVerbs.Get));

    /// <summary>
    /// The routing rule, here and nowhere else: a request goes to the grain service when its capability is served by grains, and so does
    /// a DELETE as soon as a capability that it cascades into is. The monolith's own cascade would delete rows that it no longer owns.
    /// </summary>
    /// <param name="method">The HTTP method of the request.</param>
    /// <param name="phaseOf">Tells the phase of a capability by its name.</param>
    public bool IsServedByGrains(string method, Func<string, CapabilityPhase> phaseOf)
    {
        ArgumentNullException.ThrowIfNull(phaseOf);
        return phaseOf(Capability).IsServedByGrains()
            || (HttpVerbs.IsDelete(method) && Cascades.Any(cascade => phaseOf(cascade).IsServedByGrains()));
    }
}
