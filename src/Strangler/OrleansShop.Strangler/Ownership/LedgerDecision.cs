namespace OrleansShop.Strangler.Ownership;

/// <summary>What <see cref="LedgerRules"/> decide.</summary>
/// <param name="Outcome">Whether it is to be done.</param>
/// <param name="Entry">What the ledger is to say afterwards; null if it knows the entity neither before nor after.</param>
public readonly record struct LedgerDecision(LedgerOutcome Outcome, LedgerEntry? Entry)
{
    /// <summary>There is no such entity.</summary>
    public static LedgerDecision Absent => new(LedgerOutcome.Absent, Entry: null);

    /// <summary>Another owns the entity, or the same in another epoch.</summary>
    public static LedgerDecision NotOwner => new(LedgerOutcome.NotOwner, Entry: null);

    /// <summary>A newer change was applied before.</summary>
    public static LedgerDecision Stale => new(LedgerOutcome.Stale, Entry: null);

    /// <summary>It is to be done, and the ledger says this afterwards.</summary>
    public static LedgerDecision Done(LedgerEntry? entry) => new(LedgerOutcome.Done, entry);

    /// <summary>It was done before, and the ledger says this already.</summary>
    public static LedgerDecision Repeated(LedgerEntry entry) => new(LedgerOutcome.Repeated, entry);
}

/// <summary>How <see cref="LedgerRules"/> decide.</summary>
public enum LedgerOutcome
{
    /// <summary>It is to be done.</summary>
    Done,

    /// <summary>It was done before; nothing is to be written.</summary>
    Repeated,

    /// <summary>There is no such entity.</summary>
    Absent,

    /// <summary>Another owns the entity, or the same in another epoch.</summary>
    NotOwner,

    /// <summary>A newer change was applied before.</summary>
    Stale,
}
