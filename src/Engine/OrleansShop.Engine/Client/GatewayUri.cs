using System.Net;
using Orleans.Runtime;

namespace OrleansShop.Engine.Client;

/// <summary>A gateway as a URI: <c>gwy.tcp://host:port/generation</c>.</summary>
internal static class GatewayUri
{
    private const string Scheme = "gwy.tcp";

    /// <summary>The URI of an endpoint.</summary>
    public static Uri Of(IPEndPoint endpoint) => new($"{Scheme}://{endpoint}/0");

    /// <summary>The endpoints that a URI means; a host name may mean several.</summary>
    /// <exception cref="OrleansConfigurationException">It has no port.</exception>
    public static async Task<IEnumerable<IPEndPoint>> Resolve(Uri uri, CancellationToken cancellationToken)
    {
        if (uri.Port <= 0)
        {
            throw new OrleansConfigurationException(
                $"The gateway '{uri}' (StaticGatewayListProviderOptions.Gateways) has no port. Write {Scheme}://host:port/0.");
        }

        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address))
            return [new IPEndPoint(address, uri.Port)];
        return (await Dns.GetHostAddressesAsync(uri.Host, cancellationToken)).Select(found => new IPEndPoint(found, uri.Port));
    }
}
