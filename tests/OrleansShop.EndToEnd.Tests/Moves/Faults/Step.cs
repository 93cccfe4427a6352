namespace OrleansShop.EndToEnd.Tests.Moves.Faults;

/// <summary>The numbered steps of a move and of a write, see <c>docs/roads/entity-move.md</c>.</summary>
internal enum Step
{
    Take = 1,
    StoreTaken = 2,
    StoreWritten = 5,
    Apply = 6,
    Acknowledge = 7,
    StoreReturning = 8,
    Return = 9,
    StoreReturned = 10,

    /// <summary>No step of an entity's: the ledger hears of a capability's order.</summary>
    Announce = 100,
}
