using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansShop.Engine.Simulation.Processes;

namespace OrleansShop.Engine.Simulation.Cluster;

/// <summary>A process outside the cluster that calls it.</summary>
internal sealed class SimulatedClient(SimulatedWorld world, SimulatedProcess process)
{
    private IHost _host = null!;

    public SimulatedProcess Process => process;

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public async Task Start()
    {
        _host = world.Hosts.Client(process);
        await _host.StartAsync();
        world.Trace.Note(process.Name, "is connected");
    }

    public async ValueTask Discard()
    {
        process.Die();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }
}
