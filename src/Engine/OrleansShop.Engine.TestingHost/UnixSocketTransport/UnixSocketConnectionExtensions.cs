using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.TestingHost;

namespace Orleans.TestingHost.UnixSocketTransport;

/// <summary>Connects silos and clients on one machine over Unix domain sockets.</summary>
public static class UnixSocketConnectionExtensions
{
    /// <summary>Has the silo listen and connect over Unix domain sockets.</summary>
    public static ISiloBuilder UseUnixSocketConnection(this ISiloBuilder siloBuilder)
    {
        ArgumentNullException.ThrowIfNull(siloBuilder);
        Use(siloBuilder.Services);
        return siloBuilder;
    }

    /// <summary>Has the client connect over Unix domain sockets.</summary>
    public static IClientBuilder UseUnixSocketConnection(this IClientBuilder clientBuilder)
    {
        ArgumentNullException.ThrowIfNull(clientBuilder);
        Use(clientBuilder.Services);
        return clientBuilder;
    }

    internal static void Use(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IClusterTransport>(static provider => new UnixSocketNetwork(
        provider.GetRequiredService<IOptions<UnixSocketConnectionOptions>>().Value.ConvertEndpointToPath,
        provider.GetRequiredService<IOptions<ClusteringOptions>>().Value.MaxPendingBytes)));
}
