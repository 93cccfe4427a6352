using System.Net;
using System.Security.Cryptography;
using System.Text;
using OrleansShop.Gateway.Settings;
using OrleansShop.ServiceDefaults.Problems;

namespace OrleansShop.Gateway.Admin;

/// <summary>
/// Lets into <c>/admin</c> who has the key; without a configured key, who is on the same machine. In the latter case the name in the
/// <c>Host</c> header must be the machine's own too: a web page can make a browser call any name that resolves to 127.0.0.1.
/// </summary>
internal sealed class AdminAccess(RequestDelegate next, GatewaySettings settings, TimeProvider time)
{
    public const string PathPrefix = "/admin";
    public const string KeyHeader = "X-Admin-Key";

    private const string Bearer = "Bearer ";

    private readonly byte[]? _key = settings.Gateway.AdminKey.Length == 0 ? null : Digest(settings.Gateway.AdminKey);

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(PathPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return next(http);
        }

        if (_key is null)
        {
            return IsFromThisMachine(http) ? next(http) : Refuse(http, ProblemKinds.Forbidden,
                "Without Gateway:AdminKey the admin API answers callers on the gateway's own machine only, at 127.0.0.1, [::1] or localhost.");
        }

        if (GivenKey(http.Request) is { } given && CryptographicOperations.FixedTimeEquals(Digest(given), _key))
        {
            return next(http);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Refuse(http, ProblemKinds.Unauthorized, $"The admin API needs the gateway's key as a bearer token or in the header {KeyHeader}.");
    }

    private static bool IsFromThisMachine(HttpContext http)
    {
        var host = http.Request.Host.Host.Trim('[', ']');
        return http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var named) && IPAddress.IsLoopback(named)));
    }

    private static string? GivenKey(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim()
            : request.Headers.TryGetValue(KeyHeader, out var key) ? key.ToString()
            : null;
    }

    /// <summary>Digests have one length, so that comparing them does not tell the key's.</summary>
    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private Task Refuse(HttpContext http, ProblemKind kind, string detail) => http.Response.WriteProblemAsync(kind.At(detail, time));
}
