using System.Collections.Frozen;

namespace OrleansShop.Gateway.Routing;

/// <summary>One path template with the actions behind its methods.</summary>
internal sealed class RoutePath
{
    private readonly FrozenDictionary<string, RouteAction> _byMethod;

    public RoutePath(string template, IReadOnlyList<RouteAction> actions)
    {
        Template = template;
        var byMethod = actions.ToDictionary(static action => action.Method, StringComparer.OrdinalIgnoreCase);
        if (byMethod.TryGetValue(HttpMethods.Get, out var get))
        {
            byMethod.Add(HttpMethods.Head, get);
        }

        Allow = string.Join(", ", byMethod.Keys.Append(HttpMethods.Options).Order(StringComparer.Ordinal));

        // Browsers ask with OPTIONS before they send; the answer is the backend's, as with any other request of the path.
        byMethod.Add(HttpMethods.Options, byMethod.GetValueOrDefault(HttpMethods.Get, actions[0]) with { Writes = 0 });
        _byMethod = byMethod.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public string Template { get; }

    /// <summary>The value of the header <c>Allow</c>.</summary>
    public string Allow { get; }

    /// <summary>Returns what the path does for a method, or null when it does not take it.</summary>
    public RouteAction? Find(string method) => _byMethod.GetValueOrDefault(method);
}
