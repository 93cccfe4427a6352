using System.Collections.Immutable;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway.Routing;

/// <summary>All paths of all capabilities, from the manifests. Immutable.</summary>
internal sealed class RouteTable
{
    public RouteTable(CapabilityCatalog catalog)
    {
        Capabilities = [.. catalog.Capabilities.Select(static capability => capability.Name)];
        var indexOf = catalog.Capabilities.Index().ToDictionary(static entry => entry.Item.Name, static entry => entry.Index);
        var pairs =
            from capability in catalog.Capabilities
            from route in capability.Routes
            from method in route.Methods
            select (Route: route, Method: method);
        Actions =
        [
            .. pairs.Select((pair, index) => new RouteAction(
                index, pair.Route, pair.Method, indexOf[pair.Route.Capability], GatesOf(pair.Route, pair.Method, indexOf))),
        ];
        Paths =
        [
            .. Actions
                .GroupBy(static action => ShapeOf(action.Route.Template), StringComparer.OrdinalIgnoreCase)
                .Select(static group => new RoutePath(group.First().Route.Template, [.. group])),
        ];
    }

    /// <summary>The capabilities by their index.</summary>
    public ImmutableArray<string> Capabilities { get; }

    /// <summary>One entry per route and method.</summary>
    public ImmutableArray<RouteAction> Actions { get; }

    /// <summary>One entry per path template; the methods of a template may be spread over several routes.</summary>
    public ImmutableArray<RoutePath> Paths { get; }

    private static ulong GatesOf(CapabilityRoute route, string method, Dictionary<string, int> indexOf)
    {
        if (!HttpVerbs.IsWrite(method))
        {
            return 0;
        }

        var gates = 1UL << indexOf[route.Capability];
        return HttpMethods.IsDelete(method)
            ? route.Cascades.Aggregate(gates, (set, cascade) => set | (1UL << indexOf[cascade]))
            : gates;
    }

    /// <summary>Templates that differ in the names of their parameters only match the same paths.</summary>
    private static string ShapeOf(string template) =>
        string.Join('/', template.Split('/').Select(static segment => segment.StartsWith('{') ? "{}" : segment));
}
