using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Ids;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Outbox;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <summary>What all grains of one kind of entity share. One instance per process, thread-safe.</summary>
/// <typeparam name="T">The entity's own fields, as the service sees them.</typeparam>
/// <param name="Manifest">Where the kind's rows lie.</param>
/// <param name="Mapping">How an entity looks in each of its homes.</param>
/// <param name="Index">The service's index.</param>
/// <param name="Bridge">The road to the monolith's rows.</param>
/// <param name="Capability">The grain that knows the phase of the kind's capability.</param>
public sealed record EntityKind<T>(
    EntityManifest Manifest,
    IEntityMapping<T> Mapping,
    IEntityIndex Index,
    IMonolithBridge Bridge,
    ICapabilityGrain Capability)
    where T : class
{
    /// <summary>How the entities publish events; null if they have none.</summary>
    public EventChannel? Events { get; init; }

    /// <summary>The key of an entity of this kind in the index.</summary>
    public EntityKey KeyOf(long id) => new(Manifest.Kind, id);

    /// <summary>The index entry of an entity, or the removal of one that does not exist.</summary>
    public IndexEntry EntryOf(long id, long version, T? value)
    {
        if (value is null)
        {
            return new IndexEntry(KeyOf(id), version, Document: null, Terms: []);
        }

        var (document, terms) = Mapping.ToIndex(id, value);
        return new IndexEntry(KeyOf(id), version, document, terms);
    }

    /// <summary>What to apply so that the monolith's rows are those of the entity, or none.</summary>
    public EntityChange ChangeOf(long id, EntityState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Value is null
            ? EntityChange.Delete(Manifest.Capability, Manifest.Kind, Text(id), state.Version, state.Epoch)
            : EntityChange.Upsert(Manifest.Capability, Mapping.ToRows(id, state.Version, state.Value), state.Epoch);
    }

    /// <summary>An id for a new entity, from the monolith's sequence.</summary>
    public async ValueTask<long> NextIdAsync(IdAllocator ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var status = await Capability.GetAsync();
        return await ids.NextAsync(Manifest, status.Epoch, cancellationToken);
    }

    /// <summary>The entity in the monolith, or null.</summary>
    public async Task<T?> ReadMonolithAsync(long id, CancellationToken cancellationToken) =>
        await Bridge.ReadEntityAsync(Manifest, Text(id), cancellationToken) is { } rows ? Mapping.FromRows(rows) : null;

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
