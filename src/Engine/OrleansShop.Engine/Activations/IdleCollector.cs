using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>Looks for idle activations once per collection quantum.</summary>
internal sealed class IdleCollector(ActivationCatalog catalog, CallClock clock, IOptions<GrainCollectionOptions> options) : IDisposable
{
    private ITimer? _timer;

    public void Start()
    {
        var quantum = options.Value.CollectionQuantum;
        _timer = clock.Time.CreateTimer(static collector => ((IdleCollector)collector!).Collect(), this, quantum, quantum);
    }

    public void Dispose() => _timer?.Dispose();

    private void Collect() => catalog.CollectIdle();
}
