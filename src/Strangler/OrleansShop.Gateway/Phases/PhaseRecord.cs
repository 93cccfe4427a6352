using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

/// <summary>How a capability stands, as far as this gateway knows. Immutable.</summary>
/// <param name="Phase">Who answers for it.</param>
/// <param name="Since">Since when, in UTC.</param>
/// <param name="Percent">In Canary: the share of the entities that the grains are to own, from 0 to 100.</param>
/// <param name="Lists">Where lists are answered from.</param>
/// <param name="Epoch">The epoch that the service said it in; 0 if no service has been followed yet.</param>
/// <param name="IsLive">
/// Whether the capability's entities move one by one, so that the service alone says how it stands and the ledger keeps the monolith from what it does not own. False: the capability is switched as a whole, and what
/// this record says is what counts.
/// </param>
internal sealed record PhaseRecord(
    CapabilityPhase Phase,
    DateTimeOffset Since,
    int Percent = 0,
    ListSide Lists = ListSide.Monolith,
    long Epoch = 0,
    bool IsLive = false)
{
    /// <summary>What the record is when the service says how the capability stands: the same record if that is nothing new, or not the service's to say. An older epoch is never gone back to.</summary>
    /// <param name="status">What the service says.</param>
    /// <param name="now">The time, in UTC.</param>
    public PhaseRecord Following(CapabilityStatus status, DateTimeOffset now) =>
        (!IsLive && !status.HasLedger) || status.Epoch < Epoch || (IsLive && status.Epoch == Epoch)
            ? this
            : new PhaseRecord(
                status.Phase,
                status.Phase == Phase ? Since : status.ChangedAt ?? now,
                status.Percent,
                status.Lists,
                status.Epoch,
                status.HasLedger);

    /// <summary>What the record is after a switch of the whole capability.</summary>
    public PhaseRecord Switched(CapabilityPhase phase, DateTimeOffset now) => new(phase, now, Epoch: Epoch);

    /// <summary>How the capability stands, in the form that the routing rule takes.</summary>
    public CapabilityStatus StatusOf(string capability) => new(capability, Phase, Epoch, Since, By: null, Pending: null, Percent, Lists, HasLedger: IsLive);
}
