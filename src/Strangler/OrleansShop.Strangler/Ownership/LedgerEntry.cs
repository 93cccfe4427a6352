namespace OrleansShop.Strangler.Ownership;

/// <summary>What the ledger says of one entity. The ledger is the only authority on who owns it.</summary>
/// <param name="Owner">Who owns the entity.</param>
/// <param name="Epoch">
/// Grows each time the entity changes hands, by one unless its grain knows a higher one from an earlier ledger; 0 for one that has not left the monolith since this ledger was installed. An entity that a grain has created
/// begins at 1, or above what its grain knows.
/// </param>
/// <param name="Version">The version of the newest change that its grain has applied. Only grows; the monolith's own writes do not count.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.LedgerEntry")]
public readonly record struct LedgerEntry(
    [property: Id(0)] EntityOwner Owner,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Version)
{
    /// <summary>An entity that never left the monolith.</summary>
    public static LedgerEntry Untouched => new(EntityOwner.Monolith, Epoch: 0, Version: 0);

    /// <summary>The epoch of an entity that a grain has created, if nobody had its id before.</summary>
    public const long CreationEpoch = 1;
}
