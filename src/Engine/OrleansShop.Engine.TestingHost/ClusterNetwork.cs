using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Client;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Messaging.Transport;

namespace OrleansShop.Engine.TestingHost;

/// <summary>What the silos and the client of one test cluster share: a network, a membership table and a log.</summary>
internal sealed class ClusterNetwork
{
    private static readonly ConcurrentDictionary<string, ClusterNetwork> ById = new(StringComparer.Ordinal);

    private readonly MemoryNetwork _network = new();
    private readonly MemoryViewTable _table = new();

    /// <summary>The lines that the cluster's hosts have logged.</summary>
    public ClusterLog Log { get; } = new();

    /// <summary>The network of a cluster; made on first use.</summary>
    public static ClusterNetwork Of(string clusterId) => ById.GetOrAdd(clusterId, static _ => new ClusterNetwork());

    /// <summary>Forgets the network of a cluster that is no more.</summary>
    public static void Forget(string clusterId) => ById.TryRemove(clusterId, out _);

    /// <summary>Connects a silo.</summary>
    public void AddSilo(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<IClusterTransport>(_network));
        ClusterServices.AddSilo(services, _ => _table);
        services.Configure<ClusteringOptions>(options =>
        {
            // Everything happens in one process: what is late here is late because the machine is busy with tests.
            options.HeartbeatPeriod = TimeSpan.FromMilliseconds(500);
            options.DeadAfter = TimeSpan.FromSeconds(10);
        });
        services.AddSingleton<ILoggerProvider>(Log);
    }

    /// <summary>Connects a client.</summary>
    public void AddClient(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<IClusterTransport>(_network));
        services.Replace(ServiceDescriptor.Singleton<IGatewaySource>(_ => new TableGateways(_table)));
        services.AddSingleton<ILoggerProvider>(Log);
    }
}
