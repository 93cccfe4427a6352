using OrleansShop.Strangler.Phases;

namespace OrleansShop.Clinic.Vets;

/// <summary>The capability's own interface, so that its phase lives in this service's silos.</summary>
[Alias("clinic.IVetsCapabilityGrain")]
public interface IVetsCapabilityGrain : ICapabilityGrain;

/// <summary>Keeps the phase of the capability.</summary>
[GrainType("vets-capability")]
internal sealed class VetsCapabilityGrain(
    [PersistentState("capability", VetsService.Name)] IPersistentState<CapabilityRecord> record, TimeProvider time)
    : CapabilityGrain(record, time), IVetsCapabilityGrain;
