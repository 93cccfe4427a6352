using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

/// <summary>How a capability stands, as far as this gateway knows: its service alone says it, and the ledger keeps the monolith from what it does not own. Immutable.</summary>
/// <param name="Phase">How far it has moved.</param>
/// <param name="Since">Since when it is in the phase, in UTC.</param>
/// <param name="Percent">In Canary: the share of the entities that the grains are to own, from 0 to 100.</param>
/// <param name="Lists">Where lists are answered from.</param>
/// <param name="Epoch">The epoch that the service said it in; 0 if there was no order yet.</param>
internal sealed record PhaseRecord(CapabilityPhase Phase, DateTimeOffset Since, int Percent = 0, ListSide Lists = ListSide.Monolith, long Epoch = 0)
{
    /// <summary>What the record is when the service says how the capability stands: the same record if that is nothing new. An older epoch is never gone back to.</summary>
    /// <param name="status">What the service says.</param>
    /// <param name="now">The time, in UTC.</param>
    public PhaseRecord Following(CapabilityStatus status, DateTimeOffset now) => status.Epoch <= Epoch
        ? this
        : new PhaseRecord(status.Phase, status.Phase == Phase ? Since : status.ChangedAt ?? now, status.Percent, status.Lists, status.Epoch);

    /// <summary>How the capability stands, in the form that the routing rule takes.</summary>
    public CapabilityStatus StatusOf(string capability) => new(capability, Phase, Epoch, Since, By: null, Percent, Lists);
}
