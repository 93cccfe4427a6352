using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Simulation.Monolith;

namespace OrleansShop.Strangler.Simulation.Rollout;

/// <summary>Where the capability stands, with the product's rule of who is to own an entity.</summary>
internal sealed class Capability(CapabilityPhase phase, int percent, long epoch, bool hasLedger)
{
    public CapabilityStatus Status { get; } = new(Entity.Capability, phase, epoch, ChangedAt: null, By: null, Percent: percent);

    public long Epoch => Status.Epoch;

    /// <summary>It is removed a while after the phase is Monolith again.</summary>
    public bool HasLedger => hasLedger;

    public EntityOwner WantedOwner(Entity entity) => Status.WantedOwner(entity.Kind, entity.Id);

    public Capability WithLedger(bool hasLedger) => new(Status.Phase, Status.Percent, Status.Epoch, hasLedger);

    public override string ToString() => $"{Status.Phase} {Status.Percent} % in epoch {Status.Epoch}{(HasLedger ? "" : ", without ledger")}";
}
