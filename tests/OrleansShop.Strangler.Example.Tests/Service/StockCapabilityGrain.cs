using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Example.Tests.Service;

/// <summary>The capability's own interface, so that its phase lives in this service's silos.</summary>
[Alias("example.IStockCapabilityGrain")]
public interface IStockCapabilityGrain : ICapabilityGrain;

/// <summary>Keeps the phase of the capability.</summary>
internal sealed class StockCapabilityGrain([PersistentState("capability", StockService.Name)] IPersistentState<CapabilityRecord> record, TimeProvider time)
    : CapabilityGrain(record, time), IStockCapabilityGrain;
