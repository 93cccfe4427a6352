using Microsoft.AspNetCore.Routing.Patterns;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway.Routing;

/// <summary>An older path, version 0 of the API: read-only, answered by a request to a path of the table.</summary>
/// <param name="Template">The older path template.</param>
/// <param name="Action">What the gateway does instead.</param>
/// <param name="Transform">Rewrites the path, and the answer where the older one has another shape.</param>
internal sealed record LegacyPath(string Template, RouteAction Action, LegacyTransform Transform)
{
    public const string Allow = "GET, HEAD, OPTIONS";

    public static LegacyPath From(LegacyRoute legacy, RouteTable routes, ForwardedHeaders forwardedHeaders)
    {
        var target = routes.Actions.First(action =>
            HttpMethods.IsGet(action.Method) && string.Equals(action.Route.Template, legacy.Target, StringComparison.OrdinalIgnoreCase));
        return new LegacyPath(
            legacy.Template, target, new LegacyTransform(forwardedHeaders, RoutePatternFactory.Parse(legacy.Target), legacy.Collect));
    }
}
