using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Tests.Client;

/// <summary>Silos and clients over TCP with a membership file, each in a host of its own as in a process of its own.</summary>
internal sealed class TcpHosts : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("members").FullName;
    private readonly StartedHosts _hosts = new();

    public string MembershipFile => Path.Combine(_folder, "members");

    public Task<IHost> StartSilo(Action<ISiloBuilder>? configure = null, int? siloPort = null)
    {
        var port = siloPort ?? FreePort.At(IPAddress.Loopback);
        var gateway = FreePort.At(IPAddress.Loopback);
        return _hosts.StartSilo(silo =>
        {
            silo.UseFileClustering(MembershipFile);
            silo.ConfigureEndpoints(IPAddress.Loopback, port, gateway);
            silo.Configure<ClusterOptions>(options => options.ClusterId = "tcp-test");
            silo.Configure<ClusteringOptions>(options =>
            {
                options.HeartbeatPeriod = TimeSpan.FromMilliseconds(200);
                options.LeaseDuration = TimeSpan.FromSeconds(3);
            });
            configure?.Invoke(silo);
        });
    }

    public Task<IHost> StartClient(Action<IClientBuilder>? configure = null) => _hosts.StartClient(client =>
    {
        client.UseFileClustering(MembershipFile);
        client.Configure<ClusterOptions>(options => options.ClusterId = "tcp-test");
        configure?.Invoke(client);
    });

    public static IGrainFactory Grains(IHost host) => host.Services.GetRequiredService<IGrainFactory>();

    public static SiloAddress Address(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public static IPEndPoint Gateway(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().GatewayAddress.Endpoint;

    /// <summary>Ends a silo as a crash would.</summary>
    public async Task Kill(IHost silo)
    {
        _hosts.Forget(silo);
        await silo.Services.GetRequiredService<SiloLife>().Kill();
        await silo.StopAsync(new CancellationToken(canceled: true));
        silo.Dispose();
    }

    public Task Stop(IHost host) => _hosts.Stop(host);

    public async ValueTask DisposeAsync()
    {
        await _hosts.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
