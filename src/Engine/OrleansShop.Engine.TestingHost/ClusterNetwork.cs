using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using Orleans.TestingHost.Logging;
using Orleans.TestingHost.UnixSocketTransport;
using OrleansShop.Engine.Client;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Messaging.Transport;

namespace OrleansShop.Engine.TestingHost;

/// <summary>What the silos and the client of one test cluster share: a network, a membership table and a log.</summary>
internal sealed class ClusterNetwork
{
    private static readonly ConcurrentDictionary<string, ClusterNetwork> ById = new(StringComparer.Ordinal);

    private readonly string _clusterId;
    private readonly MemoryNetwork _network = new();
    private readonly MemoryViewTable _table = new();

    private ClusterNetwork(string clusterId) => _clusterId = clusterId;

    /// <summary>What the cluster's hosts have logged.</summary>
    public InMemoryLogBuffer Log { get; } = new();

    /// <summary>The network of a cluster; made on first use.</summary>
    public static ClusterNetwork Of(string clusterId) => ById.GetOrAdd(clusterId, static id => new ClusterNetwork(id));

    /// <summary>Forgets the network of a cluster that is no more.</summary>
    public static void Forget(string clusterId) => ById.TryRemove(clusterId, out _);

    /// <summary>Connects a silo, and has it meet the others in the table in memory.</summary>
    public void AddSilo(IServiceCollection services, ConnectionTransportType transport)
    {
        ClusterServices.AddSilo(services, _ => new TableAccess(_table));
        Connect(services, transport);
        services.Configure<ClusteringOptions>(options =>
        {
            // Everything happens in one process: what is late here is late because the machine is busy with tests.
            options.HeartbeatPeriod = TimeSpan.FromMilliseconds(500);
            options.LeaseDuration = TimeSpan.FromSeconds(10);
        });
    }

    /// <summary>Connects a client, and has it find the silos in the table in memory.</summary>
    public void AddClient(IServiceCollection services, ConnectionTransportType transport)
    {
        Connect(services, transport);
        services.Replace(ServiceDescriptor.Singleton<IGatewaySource>(_ => new TableGateways(_table)));
    }

    /// <summary>Has a host log to the cluster's log.</summary>
    public void AddLog(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(new InMemoryLoggerProvider(Log));

    private void Connect(IServiceCollection services, ConnectionTransportType transport)
    {
        switch (transport)
        {
            case ConnectionTransportType.InMemory:
                services.Replace(ServiceDescriptor.Singleton<IClusterTransport>(_network));
                break;
            case ConnectionTransportType.UnixSocket:
                // Two test processes may give out the same ports: the cluster's id keeps their files apart.
                services.Configure<UnixSocketConnectionOptions>(options => options.ConvertEndpointToPath = endpoint =>
                    Path.Combine(Path.GetTempPath(), $"{_clusterId}-{((IPEndPoint)endpoint).Port}.sock"));
                UnixSocketConnectionExtensions.Use(services);
                break;
            case ConnectionTransportType.TcpSocket:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(transport), transport, "A test cluster cannot be connected this way.");
        }
    }
}
