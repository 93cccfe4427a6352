using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>
/// The ledger in the monolith's database, as grain services see it through the bridge: who owns which entity, and what the monolith has changed. Thread-safe. Every method can be repeated after a lost
/// answer, and throws <see cref="BridgeUnavailableException"/> when the bridge or the database gives no answer in time, and <see cref="BridgeRefusedException"/> when it will not do what it is asked.
/// </summary>
public interface IOwnershipLedger
{
    /// <summary>
    /// Says in which phase a capability is, so that what older phases have asked for is refused from now on. Installs fences, ledger and change feed when the capability leaves the monolith, and removes
    /// them when it is back there and nothing of it is owned by grains. A lower epoch than the ledger knows is refused (<see cref="BridgeRefusal.StalePhase"/>); the same one again changes nothing.
    /// </summary>
    Task AnnounceAsync(CapabilityAnnouncement announcement, CancellationToken cancellationToken = default);

    /// <summary>Step 1 of a move: the grains take an entity, in one transaction with the reading of its rows. From then on the monolith cannot write them.</summary>
    /// <param name="request">Which entity.</param>
    /// <param name="cancellationToken">Stops waiting; the entity may have been taken.</param>
    /// <exception cref="BridgeRefusedException"><see cref="BridgeRefusal.StalePhase"/>: the capability's phase has changed, or does not let entities be taken.</exception>
    Task<TakenEntity> TakeAsync(TakeRequest request, CancellationToken cancellationToken = default);

    /// <summary>Step 9 of a move: writes the entity's newest rows and hands it back to the monolith, in one transaction.</summary>
    /// <param name="last">The newest rows, or the deletion, with the epoch and the version that the grain has.</param>
    /// <param name="cancellationToken">Stops waiting; the entity may have been returned.</param>
    /// <returns>What the ledger says now.</returns>
    Task<LedgerEntry> ReturnAsync(EntityChange last, CancellationToken cancellationToken = default);

    /// <summary>What the ledger says of one entity; null if it knows none.</summary>
    Task<LedgerEntry?> FindAsync(string capability, string kind, string id, CancellationToken cancellationToken = default);

    /// <summary>Lists entities of one kind by owner, in the order of their ids: what sweeps go through.</summary>
    Task<LedgerPage> ListAsync(LedgerQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts a capability's entities by owner, those that exist.</summary>
    Task<LedgerCounts> CountAsync(string capability, CancellationToken cancellationToken = default);

    /// <summary>
    /// What the monolith itself has changed after a position, oldest first; changes at or before the position are forgotten. A change names the entity; read it to see what it is now.
    /// </summary>
    Task<ChangePage> ReadChangesAsync(string capability, long after, int limit, CancellationToken cancellationToken = default);
}

/// <summary>In which phase a capability is, for the ledger.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Epoch">The capability's epoch: how many orders have changed it.</param>
/// <param name="Fence">Whether ledger and fences are to be there: in every phase but the monolith's.</param>
/// <param name="Takes">Whether entities may be taken now.</param>
/// <param name="Feeds">Whether the monolith's own writes are to be noted in the change feed.</param>
/// <param name="Closed">Whether the monolith may make no new entities either: in the phase Retired. What was closed is not opened again.</param>
public sealed record CapabilityAnnouncement(string Capability, long Epoch, bool Fence, bool Takes, bool Feeds, bool Closed = false);

/// <summary>Asks for an entity to be taken.</summary>
/// <param name="Capability">The capability of the entity.</param>
/// <param name="Kind">The kind of the entity.</param>
/// <param name="Id">The id as text.</param>
/// <param name="CapabilityEpoch">The epoch of the capability that the taker knows.</param>
/// <param name="SeenEpoch">The newest epoch of the entity that its grain knows; the new one is above it, see <see cref="LedgerRules.Take"/>.</param>
public sealed record TakeRequest(string Capability, string Kind, string Id, long CapabilityEpoch, long SeenEpoch = 0);

/// <summary>An entity that the grains own, or that is not there.</summary>
/// <param name="Entry">What the ledger says now; null if the entity does not exist and grains do not own its name either: then nothing was taken.</param>
/// <param name="Rows">The monolith's rows, frozen from now on; null if it has none.</param>
public sealed record TakenEntity(LedgerEntry? Entry, EntityRows? Rows);

/// <summary>Asks for a page of the ledger.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Owner">Whose entities.</param>
/// <param name="After">The id after which to begin; null for the first.</param>
/// <param name="Limit">How many at most, from 1 to 1,000.</param>
public sealed record LedgerQuery(string Capability, string Kind, EntityOwner Owner, string? After = null, int Limit = RowQuery.MaxLimit);

/// <summary>Some entities of one kind and one owner.</summary>
/// <param name="Items">The entities that exist, in the order of their ids.</param>
/// <param name="Next">The id after which the next page begins; null when this one is the last.</param>
public sealed record LedgerPage(IReadOnlyList<LedgerItem> Items, string? Next);

/// <summary>One entity of a page.</summary>
public sealed record LedgerItem(string Id, LedgerEntry Entry);

/// <summary>How many entities of a capability exist, by owner.</summary>
public sealed record LedgerCounts(long Monolith, long Grains);

/// <summary>Some of the monolith's own changes.</summary>
/// <param name="Items">The changes, oldest first; an entity may be named several times.</param>
/// <param name="Position">What to ask after next time.</param>
/// <param name="Waiting">How many changes there are behind these, at most 10,000 are counted.</param>
public sealed record ChangePage(IReadOnlyList<ChangedEntity> Items, long Position, long Waiting);

/// <summary>An entity that the monolith has changed.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">The id as text.</param>
/// <param name="At">When, by the database's clock, in UTC.</param>
public sealed record ChangedEntity(string Kind, string Id, DateTimeOffset At);
