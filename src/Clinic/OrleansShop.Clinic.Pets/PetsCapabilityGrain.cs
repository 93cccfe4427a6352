using OrleansShop.Strangler.Phases;

namespace OrleansShop.Clinic.Pets;

/// <summary>The capability's own interface, so that its phase lives in this service's silos.</summary>
[Alias("clinic.IPetsCapabilityGrain")]
public interface IPetsCapabilityGrain : ICapabilityGrain;

/// <summary>Keeps the phase of the capability.</summary>
[GrainType("pets-capability")]
internal sealed class PetsCapabilityGrain(
    [PersistentState("capability", PetsService.Name)] IPersistentState<CapabilityRecord> record, TimeProvider time)
    : CapabilityGrain(record, time), IPetsCapabilityGrain;
