using OrleansShop.Strangler.Phases;

namespace OrleansShop.Clinic.Owners;

/// <summary>The capability's own interface, so that its phase lives in this service's silos.</summary>
[Alias("clinic.IOwnersCapabilityGrain")]
public interface IOwnersCapabilityGrain : ICapabilityGrain;

/// <summary>Keeps the phase of the capability.</summary>
[GrainType("owners-capability")]
internal sealed class OwnersCapabilityGrain(
    [PersistentState("capability", OwnersService.Name)] IPersistentState<CapabilityRecord> record, TimeProvider time)
    : CapabilityGrain(record, time), IOwnersCapabilityGrain;
