using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>Starts silos and clients the way that an application does.</summary>
internal static class BenchmarkSilo
{
    /// <summary>A host that is one silo, alone or beside a primary one on this machine.</summary>
    public static IHost Build(int siloPort, int gatewayPort, int? primaryPort = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(
            siloPort, gatewayPort, primaryPort is { } port ? new IPEndPoint(IPAddress.Loopback, port) : null, "bench", $"bench-{primaryPort ?? siloPort}"));
        return builder.Build();
    }

    /// <summary>A host that is one silo, with its membership and the states of its grains in DynamoDB.</summary>
    public static IHost BuildOnDynamoDB(int siloPort, int gatewayPort, string endpoint)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ($"bench-{siloPort}", "bench"))
            .ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort)
            .UseDynamoDBClustering((DynamoDBClusteringOptions options) => options.Service = endpoint)
            .AddDynamoDBGrainStorageAsDefault((DynamoDBStorageOptions options) => options.Service = endpoint));
        return builder.Build();
    }

    /// <summary>A host without a silo, with one service that listens on a free port: what the engine builds upon.</summary>
    public static IHost BuildBare()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService<BareListener>();
        return builder.Build();
    }

    /// <summary>A host that is a client of the cluster whose gateway listens on the port.</summary>
    public static IHost BuildClient(int gatewayPort, int primaryPort)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(gatewayPort, "bench", $"bench-{primaryPort}"));
        return builder.Build();
    }

    public static IGrainFactory Grains(this IHost host) => host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>A loopback port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class BareListener : BackgroundService
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public override Task StartAsync(CancellationToken cancellationToken)
        {
            _listener.Start();
            return base.StartAsync(cancellationToken);
        }

        public override void Dispose()
        {
            _listener.Dispose();
            base.Dispose();
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(stoppingToken);
            }
        }
    }
}
