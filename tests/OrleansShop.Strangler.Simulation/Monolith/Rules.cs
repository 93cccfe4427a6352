using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Simulation.Monolith;

/// <summary>The product's rules, where a test can plant a fault.</summary>
internal class Rules
{
    /// <summary>Whether the database has fences.</summary>
    public virtual bool HasFences => true;

    /// <summary>Whether a creation is acknowledged only when the monolith has its rows.</summary>
    public virtual bool AppliesCreationsFirst => true;

    /// <summary>Whether it is stored that a return begins before the ledger is asked.</summary>
    public virtual bool StoresReturnsFirst => true;

    /// <summary>Whether a write that was taken back is overtaken by a version that is applied.</summary>
    public virtual bool AppliesUndoing => true;

    /// <summary>Whether an activation that finds what it has to apply stores it again first.</summary>
    public virtual bool StoresAgainBeforeSettling => true;

    /// <summary>Whether what was acknowledged before the monolith had it is applied later.</summary>
    public virtual bool AppliesWhatLags => true;

    /// <summary>Whether a gateway takes a lost answer for a refusal.</summary>
    public virtual bool RepeatsUnknownRequests => false;

    public virtual LedgerDecision Take(LedgerEntry? entry, bool exists, long seenEpoch) => LedgerRules.Take(entry, exists, seenEpoch);

    public virtual LedgerDecision Apply(LedgerEntry? entry, EntityChange change) => LedgerRules.Apply(entry, change);

    public virtual LedgerDecision ApplyWithoutLedger(EntityChange change) => LedgerRules.ApplyWithoutLedger(change);

    public virtual LedgerDecision Return(LedgerEntry? entry, EntityChange change) => LedgerRules.Return(entry, change);
}
