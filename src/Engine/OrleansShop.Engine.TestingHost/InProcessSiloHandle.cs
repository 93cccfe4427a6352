using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.TestingHost;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster, in this process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool _isStopped;

    /// <summary>The silo's host.</summary>
    public IHost SiloHost { get; init; } = null!;

    /// <summary>The silo's services.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    /// <inheritdoc/>
    public override bool IsActive => !_isStopped;

    /// <summary>Starts a silo of the test cluster that <paramref name="configuration"/> names.</summary>
    /// <param name="siloName">The silo's name.</param>
    /// <param name="configuration">The configuration of its host.</param>
    /// <param name="postConfigureHostBuilder">Has the last word on its host; null for nothing.</param>
    public static async Task<InProcessSiloHandle> CreateAsync(
        string siloName, IConfiguration configuration, Action<IHostBuilder>? postConfigureHostBuilder = null) =>
        await CreateAsync(siloName, configuration, postConfigureHostBuilder, CancellationToken.None);

    /// <summary>Starts a silo of the test cluster that <paramref name="configuration"/> names.</summary>
    /// <param name="siloName">The silo's name.</param>
    /// <param name="configuration">The configuration of its host.</param>
    /// <param name="postConfigureHostBuilder">Has the last word on its host; null for nothing.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static async Task<InProcessSiloHandle> CreateAsync(
        string siloName, IConfiguration configuration, Action<IHostBuilder>? postConfigureHostBuilder, CancellationToken cancellationToken) =>
        await Start(ConfiguredHosts.Silo(siloName, configuration, postConfigureHostBuilder), cancellationToken);

    /// <inheritdoc/>
    public override async Task StopSiloAsync(bool stopGracefully)
    {
        if (stopGracefully)
        {
            await StopSiloAsync(CancellationToken.None);
            return;
        }

        if (_isStopped)
            return;
        _isStopped = true;
        await ServiceProvider.GetRequiredService<SiloLife>().Kill();
        await SiloHost.StopAsync(new CancellationToken(canceled: true));
    }

    /// <inheritdoc/>
    public override async Task StopSiloAsync(CancellationToken ct)
    {
        if (_isStopped)
            return;
        _isStopped = true;
        await SiloHost.StopAsync(ct);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await StopSiloAsync(stopGracefully: true);
        await Discard(SiloHost);
        GC.SuppressFinalize(this);
    }

    internal static async Task<InProcessSiloHandle> Start(IHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch
        {
            await Discard(host);
            throw;
        }

        var silo = host.Services.GetRequiredService<ILocalSiloDetails>();
        return new InProcessSiloHandle { SiloHost = host, Name = silo.Name, SiloAddress = silo.SiloAddress, GatewayAddress = silo.GatewayAddress };
    }

    private static async Task Discard(IHost host)
    {
        if (host is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            host.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_isStopped)
                Blocking.Run(() => StopSiloAsync(stopGracefully: true));
            SiloHost.Dispose();
        }

        base.Dispose(disposing);
    }
}
