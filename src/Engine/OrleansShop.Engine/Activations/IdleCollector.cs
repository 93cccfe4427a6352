using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>Looks for idle activations once per collection quantum, and for idle stateless workers more often.</summary>
internal sealed class IdleCollector(ActivationCatalog catalog, CallClock clock, IOptions<GrainCollectionOptions> options, IOptions<StatelessWorkerOptions> workers) : IDisposable
{
    private ITimer? _timer;
    private ITimer? _workerTimer;

    public void Start()
    {
        var quantum = options.Value.CollectionQuantum;
        _timer = clock.Time.CreateTimer(static collector => ((IdleCollector)collector!).Collect(), this, quantum, quantum);
        if (!workers.Value.RemoveIdleWorkers) return;
        var period = workers.Value.IdleWorkersInspectionPeriod;
        _workerTimer = clock.Time.CreateTimer(static catalog => ((ActivationCatalog)catalog!).CollectIdleWorkers(), catalog, period, period);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _workerTimer?.Dispose();
    }

    private void Collect() => catalog.CollectIdle();
}
