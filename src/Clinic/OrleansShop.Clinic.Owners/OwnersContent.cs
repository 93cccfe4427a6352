using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Clinic.Owners;

/// <summary>All owners, each with its grain.</summary>
internal sealed class OwnersContent(IGrainFactory grains)
    : IndexedContent(new Dictionary<string, Func<EntityId, IMigratableGrain>>
    {
        [OwnerMapping.Kind] = id => grains.GetEntity<IOwnerGrain>(id),
    });
