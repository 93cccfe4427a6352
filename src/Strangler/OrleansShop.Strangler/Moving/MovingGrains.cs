using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Moving;

/// <summary>The entities of a service, which its content finds the grains of.</summary>
/// <param name="manifest">The capability, which says what the ids of its kinds are.</param>
/// <param name="content">The service's content, which knows the grains.</param>
internal sealed class MovingGrains(CapabilityManifest manifest, IndexedContent content) : IMovingEntities
{
    public Task<EntityOwner> PlaceAsync(string kind, string id, long? capabilityEpoch) => GrainOf(kind, id).PlaceAsync(capabilityEpoch);

    public Task ShadowAsync(string kind, string id, EntityRows? rows) => GrainOf(kind, id).ShadowAsync(rows);

    public Task<EntityRows?> ExportAsync(string kind, string id) => GrainOf(kind, id).ExportAsync();

    public Task<BothSides> ReadBothSidesAsync(string kind, string id) => GrainOf(kind, id).ReadBothSidesAsync();

    private IMigratableGrain GrainOf(string kind, string id) => content.GrainOf(kind, KeyTypeOf(kind).Read(id));

    private KeyType KeyTypeOf(string kind) => manifest.FindEntity(kind)?.KeyType ?? throw new KeyNotFoundException($"The capability {manifest.Name} has no kind '{kind}'.");
}
