using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Simulation.Processes;
using OrleansShop.Engine.Simulation.Workload;

namespace OrleansShop.Engine.Simulation.Cluster;

/// <summary>One start of a silo, from its host to the end of its process.</summary>
internal sealed class SimulatedSilo(SimulatedWorld world, SimulatedProcess process, SiloIdentity identity)
{
    private readonly List<Caller> _callers = [];
    private IHost _host = null!;
    private bool _isStopping;
    private bool _isUp;
    private long _view;

    public SimulatedProcess Process => process;

    public SiloAddress Address => identity.SiloAddress;

    /// <summary>Whether it has started and is not stopping.</summary>
    public bool IsActive => _isUp && !_isStopping && process.IsRunning;

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts the process. What does not start ends.</summary>
    public async Task Start()
    {
        _host = world.Hosts.Silo(process, identity);
        world.Trace.Note(process.Name, $"starts as {Address}");
        Watch();
        try
        {
            await _host.StartAsync();
        }
        catch (Exception cause) when (cause is OrleansException or IOException or TimeoutException or OperationCanceledException)
        {
            world.Trace.Note(process.Name, $"does not start: {cause.GetType().Name}");
            if (world.Plan.IsPlanned)
                world.Violations.Add($"{this} does not start: {cause}");
            process.Die();
            return;
        }

        if (process.IsDead || _isStopping)
            return;
        _isUp = true;
        world.Trace.Note(process.Name, "is active");
        for (var i = 0; i < world.Plan.CallersPerSilo; i++)
            _callers.Add(world.NewCaller($"{process.Name}/{i}", process, Services.GetRequiredService<IGrainFactory>()));
    }

    /// <summary>Stops it as an operator does.</summary>
    public void Stop() => _ = StopHost();

    public async Task StopCallers()
    {
        foreach (var caller in _callers)
            await caller.Stop();
    }

    /// <summary>Lets go of what the process has held.</summary>
    public async ValueTask Discard()
    {
        process.Die();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }

    public override string ToString() => process.Name;

    private void Watch()
    {
        // As for any host: who asks it to stop has it stopped.
        var lifetime = _host.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStopping.Register(() => _ = StopHost());
        _host.Services.GetRequiredService<SiloViews>().Changed += (before, after) =>
        {
            world.Trace.Note(process.Name, $"enters view {after.Version}");
            if (after.Version <= before.Version || after.Version <= _view)
                world.Violations.Add($"{this} has entered view {after.Version} after view {Math.Max(before.Version, _view)}.");
            if (_host.Services.GetRequiredService<RingHolder>().Current.View.Version != after.Version)
                world.Violations.Add($"{this} has entered view {after.Version} with a ring of another.");
            _view = after.Version;
        };
    }

    private async Task StopHost()
    {
        if (_isStopping || process.IsDead)
            return;
        _isStopping = true;
        world.Trace.Note(process.Name, "stops");
        if (world.Plan.IsPlanned)
            await StopCallers();
        await _host.StopAsync();
        world.Trace.Note(process.Name, "has stopped");
        process.Die();
    }
}
