namespace OrleansShop.Strangler.Capabilities;

/// <summary>The HTTP methods that a manifest may name, and what they mean to the strangler.</summary>
public static class HttpVerbs
{
    internal const string Get = "GET";

    /// <summary>The methods that a route may list. HEAD and OPTIONS are not among them: they follow from the others.</summary>
    public static IReadOnlyList<string> Known { get; } = [Get, "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Whether a request with this method can change data. Unknown methods count as writes, because a wrong guess then only waits.</summary>
    public static bool IsWrite(string method) =>
        !Is(method, Get) && !IsHead(method) && !Is(method, "OPTIONS") && !Is(method, "TRACE");

    internal static bool IsHead(string method) => Is(method, "HEAD");

    internal static bool IsDelete(string method) => Is(method, "DELETE");

    private static bool Is(string method, string verb) => string.Equals(method, verb, StringComparison.OrdinalIgnoreCase);
}
