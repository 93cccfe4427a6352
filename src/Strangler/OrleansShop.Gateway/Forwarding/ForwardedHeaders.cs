using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>
/// Tells backends whom they serve. What a client says about itself is dropped, so that no one can pretend another address;
/// what a trusted proxy says is continued.
/// </summary>
internal sealed class ForwardedHeaders(ImmutableArray<IPNetwork> trustedProxies)
{
    private const string For = "X-Forwarded-For";
    private const string Host = "X-Forwarded-Host";
    private const string Proto = "X-Forwarded-Proto";
    private const string Prefix = "X-Forwarded-Prefix";
    private const string Rfc7239 = "Forwarded";

    /// <summary>Replaces the forwarded headers of a request to a backend, which carries the client's headers already.</summary>
    /// <param name="incoming">The client's request.</param>
    /// <param name="outgoing">The headers of the request to the backend.</param>
    public void Apply(HttpContext incoming, HttpRequestHeaders outgoing)
    {
        var remote = incoming.Connection.RemoteIpAddress;
        var remoteText = remote is { IsIPv4MappedToIPv6: true } ? remote.MapToIPv4().ToString() : remote?.ToString() ?? "unknown";
        var isTrusted = IsTrusted(remote);

        outgoing.Remove(Rfc7239);
        if (!isTrusted)
        {
            // The gateway itself takes no prefix away, so only a proxy in front of it can have one to tell.
            outgoing.Remove(Prefix);
        }

        if (isTrusted && incoming.Request.Headers.TryGetValue(For, out var earlier))
        {
            outgoing.Remove(For);
            outgoing.TryAddWithoutValidation(For, $"{earlier}, {remoteText}");
        }
        else
        {
            Set(outgoing, For, remoteText);
        }

        if (!isTrusted || !incoming.Request.Headers.ContainsKey(Host))
        {
            Set(outgoing, Host, incoming.Request.Host.Value);
        }

        if (!isTrusted || !incoming.Request.Headers.ContainsKey(Proto))
        {
            Set(outgoing, Proto, incoming.Request.Scheme);
        }
    }

    private bool IsTrusted(IPAddress? remote)
    {
        if (remote is null || trustedProxies.IsEmpty)
        {
            return false;
        }

        var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        foreach (var network in trustedProxies)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static void Set(HttpRequestHeaders headers, string name, string? value)
    {
        headers.Remove(name);
        if (!string.IsNullOrEmpty(value))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
