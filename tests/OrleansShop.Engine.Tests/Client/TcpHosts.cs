using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Tests.Client;

/// <summary>Silos and clients over TCP with a membership file, each in a host of its own as in a process of its own.</summary>
internal sealed class TcpHosts : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("members").FullName;
    private readonly List<IHost> _hosts = [];

    public string MembershipFile => Path.Combine(_folder, "members");

    public async Task<IHost> StartSilo(Action<ISiloBuilder>? configure = null, int? siloPort = null)
    {
        var port = siloPort ?? FreePort.At(IPAddress.Loopback);
        var gateway = FreePort.At(IPAddress.Loopback);
        var builder = NewBuilder();
        builder.UseOrleans(silo =>
        {
            silo.UseFileClustering(MembershipFile);
            silo.ConfigureEndpoints(IPAddress.Loopback, port, gateway);
            silo.Configure<ClusterOptions>(options => options.ClusterId = "tcp-test");
            silo.Configure<ClusteringOptions>(options =>
            {
                options.HeartbeatPeriod = TimeSpan.FromMilliseconds(200);
                options.DeadAfter = TimeSpan.FromSeconds(3);
            });
            configure?.Invoke(silo);
        });
        return await Start(builder);
    }

    public async Task<IHost> StartClient(Action<IClientBuilder>? configure = null)
    {
        var builder = NewBuilder();
        builder.UseOrleansClient(client =>
        {
            client.UseFileClustering(MembershipFile);
            client.Configure<ClusterOptions>(options => options.ClusterId = "tcp-test");
            configure?.Invoke(client);
        });
        return await Start(builder);
    }

    public static IGrainFactory Grains(IHost host) => host.Services.GetRequiredService<IGrainFactory>();

    public static SiloAddress Address(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public static IPEndPoint Gateway(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().GatewayAddress.Endpoint;

    /// <summary>Ends a silo as a crash would.</summary>
    public async Task Kill(IHost silo)
    {
        _hosts.Remove(silo);
        await silo.Services.GetRequiredService<SiloLife>().Kill();
        await silo.StopAsync(new CancellationToken(canceled: true));
        silo.Dispose();
    }

    public async Task Stop(IHost host)
    {
        _hosts.Remove(host);
        await host.StopAsync();
        host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.ToArray().Reverse())
            await Stop(host);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<IHost> Start(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        await host.StartAsync();
        _hosts.Add(host);
        return host;
    }

    private static HostApplicationBuilder NewBuilder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }
}
