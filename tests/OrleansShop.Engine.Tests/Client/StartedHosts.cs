using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Tests.Client;

/// <summary>Silos and clients, each in a host of its own; those that still run are stopped at the end, the last first.</summary>
internal sealed class StartedHosts : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    public Task<IHost> StartSilo(Action<ISiloBuilder> configure)
    {
        var builder = NewBuilder();
        builder.UseOrleans(configure);
        return Start(builder);
    }

    public Task<IHost> StartClient(Action<IClientBuilder> configure)
    {
        var builder = NewBuilder();
        builder.UseOrleansClient(configure);
        return Start(builder);
    }

    /// <summary>Takes a host out, so that it is not stopped at the end.</summary>
    public void Forget(IHost host) => _hosts.Remove(host);

    public async Task Stop(IHost host)
    {
        Forget(host);
        await host.StopAsync();
        host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.ToArray().Reverse())
            await Stop(host);
    }

    public static HostApplicationBuilder NewBuilder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }

    private async Task<IHost> Start(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        await host.StartAsync();
        _hosts.Add(host);
        return host;
    }
}
