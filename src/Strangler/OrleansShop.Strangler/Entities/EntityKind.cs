using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities.Protocol;
using OrleansShop.Strangler.Ids;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Outbox;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <summary>What all grains of one kind of entity share. One instance per process, thread-safe.</summary>
/// <typeparam name="T">The entity's own fields, as the service sees them.</typeparam>
/// <param name="Manifest">Where the kind's rows lie.</param>
/// <param name="Mapping">How an entity looks in each of its homes.</param>
/// <param name="Index">The service's index.</param>
/// <param name="Bridge">The road to the monolith's rows.</param>
/// <param name="Capability">Where the kind's capability stands.</param>
public sealed record EntityKind<T>(
    EntityManifest Manifest,
    IEntityMapping<T> Mapping,
    IEntityIndex Index,
    IMonolithBridge Bridge,
    ICapabilityView Capability)
    where T : class
{
    /// <summary>
    /// The most ids that are drawn for one new entity. While one percent of the entities is the grains', one id in a hundred is: fewer than one creation in 20,000 finds none.
    /// </summary>
    internal const int MaxDraws = 1000;

    /// <summary>Who owns which entity.</summary>
    public required IOwnershipLedger Ledger { get; init; }

    /// <summary>How the entities publish events; null if they have none.</summary>
    public EventChannel? Events { get; init; }

    /// <summary>The key of an entity of this kind in the index.</summary>
    public EntityKey KeyOf(EntityId id) => new(Manifest.Kind, id);

    /// <summary>The index entry of an entity, or the removal of one that does not exist.</summary>
    public IndexEntry EntryOf(EntityId id, long version, T? value)
    {
        if (value is null)
        {
            return new IndexEntry(KeyOf(id), version, Document: null, Terms: []);
        }

        var (document, terms) = Mapping.ToIndex(id, value);
        return new IndexEntry(KeyOf(id), version, document, terms);
    }

    /// <summary>What to apply so that the monolith's rows are those of the entity, or none.</summary>
    internal EntityChange ChangeOf(EntityId id, EntityState<T> state, long epoch)
    {
        var change = state.Value is null
            ? EntityChange.Delete(Manifest.Capability, Manifest.Kind, id.ToString(), state.Version, epoch)
            : EntityChange.Upsert(Manifest.Capability, Mapping.ToRows(id, state.Version, state.Value), epoch);

        // Whether the ledger knows what was written after the retirement, nobody knows.
        return change with { IsCreation = state.Begun is HoldingStep.Creating or HoldingStep.Parted };
    }

    /// <summary>
    /// An id for a new entity, from the monolith's sequence. While a share of the entities is the grains', one of that share; if there is none among <see cref="MaxDraws"/>, another: then the monolith owns the entity.
    /// </summary>
    public async ValueTask<long> NextIdAsync(IdAllocator ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var status = await Capability.GetAsync();
        var id = await ids.NextAsync(Manifest, status.Epoch, cancellationToken);
        for (var draws = 1; status is { Phase: CapabilityPhase.Canary, Percent: > 0 } && status.WantedOwner(Manifest.Kind, ((EntityId)id).ToString()) != EntityOwner.Grains && draws < MaxDraws; draws++)
        {
            id = await ids.NextAsync(Manifest, status.Epoch, cancellationToken);
        }

        return id;
    }

    /// <summary>The entity in the monolith, or null.</summary>
    public async Task<T?> ReadMonolithAsync(EntityId id, CancellationToken cancellationToken) =>
        await Bridge.ReadEntityAsync(Manifest, id.ToString(), cancellationToken) is { } rows ? Mapping.FromRows(rows) : null;
}
