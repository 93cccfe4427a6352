using OrleansShop.Strangler.Phases;

namespace OrleansShop.Clinic.Visits;

/// <summary>The capability's own interface, so that its phase lives in this service's silos.</summary>
[Alias("clinic.IVisitsCapabilityGrain")]
public interface IVisitsCapabilityGrain : ICapabilityGrain;

/// <summary>Keeps the phase of the capability.</summary>
[GrainType("visits-capability")]
internal sealed class VisitsCapabilityGrain(
    [PersistentState("capability", VisitsService.Name)] IPersistentState<CapabilityRecord> record, TimeProvider time)
    : CapabilityGrain(record, time), IVisitsCapabilityGrain;
