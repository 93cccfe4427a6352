using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Ownership;

/// <summary>
/// The rules by which the ledger lets an entity change hands and a change be applied. Pure: the bridge decides by them inside its transactions, with the entry locked, and the simulation of the
/// protocol decides by the same code.
/// </summary>
public static class LedgerRules
{
    /// <summary>Step 1: the grains take the entity. Taking what the grains have already gives the same answer again.</summary>
    /// <param name="entry">What the ledger says now; null if it knows no such entity.</param>
    /// <param name="exists">Whether the monolith has rows of the entity.</param>
    /// <param name="seenEpoch">
    /// The newest epoch of the entity that its grain knows. The new one is above it, even if the ledger was removed and installed again in between and knows nothing of it: what was sent in an older epoch stays refused.
    /// </param>
    public static LedgerDecision Take(LedgerEntry? entry, bool exists, long seenEpoch = 0) => (entry, exists) switch
    {
        ({ Owner: EntityOwner.Grains } taken, _) => LedgerDecision.Repeated(taken),
        (_, exists: false) => LedgerDecision.Absent,
        _ => LedgerDecision.Done(entry.GetValueOrDefault() with { Owner = EntityOwner.Grains, Epoch = Math.Max(entry.GetValueOrDefault().Epoch, seenEpoch) + 1 }),
    };

    /// <summary>Step 6: rows are written for the owner that the change names.</summary>
    /// <param name="entry">What the ledger says now; null if it knows no such entity.</param>
    /// <param name="change">What is to be written, and for whom.</param>
    public static LedgerDecision Apply(LedgerEntry? entry, EntityChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Owner == EntityOwner.Monolith)
        {
            return entry is null or { Owner: EntityOwner.Monolith } ? LedgerDecision.Done(entry) : LedgerDecision.NotOwner;
        }

        return entry switch
        {
            null when change.IsCreation => LedgerDecision.Done(new LedgerEntry(EntityOwner.Grains, change.Epoch, change.Version)),
            { Owner: EntityOwner.Grains } current when current.Epoch == change.Epoch => ByVersion(current, change.Version),
            _ => LedgerDecision.NotOwner,
        };
    }

    /// <summary>
    /// Step 6 where the capability has no ledger, because it is in the phase Monolith: services write for the monolith, which owns everything (deletions that cascade, say). What a grain writes for itself comes from
    /// a time in which there was a ledger, and is too late.
    /// </summary>
    public static LedgerDecision ApplyWithoutLedger(EntityChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.Owner == EntityOwner.Monolith ? LedgerDecision.Done(entry: null) : LedgerDecision.NotOwner;
    }

    /// <summary>Step 9: the grains hand the entity back with its newest rows. Returning what was returned in the same epoch gives the same answer again.</summary>
    /// <param name="entry">What the ledger says now; null if it knows no such entity.</param>
    /// <param name="change">The entity's newest rows, with the epoch that the grain holds it in.</param>
    public static LedgerDecision Return(LedgerEntry? entry, EntityChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return entry switch
        {
            { Owner: EntityOwner.Grains } current when current.Epoch == change.Epoch => change.Version < current.Version
                ? LedgerDecision.Stale
                : LedgerDecision.Done(new LedgerEntry(EntityOwner.Monolith, current.Epoch + 1, change.Version)),
            { Owner: EntityOwner.Monolith } returned when returned.Epoch == change.Epoch + 1 => LedgerDecision.Repeated(returned),
            _ => LedgerDecision.NotOwner,
        };
    }

    private static LedgerDecision ByVersion(LedgerEntry current, long version) =>
        version > current.Version ? LedgerDecision.Done(current with { Version = version })
        : version == current.Version ? LedgerDecision.Repeated(current)
        : LedgerDecision.Stale;
}
