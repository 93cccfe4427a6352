using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Clinic.Pets;

/// <summary>All pet types and pets, each with its grain.</summary>
internal sealed class PetsContent(IGrainFactory grains)
    : IndexedContent(new Dictionary<string, Func<EntityId, IMigratableGrain>>
    {
        [PetTypeMapping.Kind] = id => grains.GetEntity<IPetTypeGrain>(id),
        [PetMapping.Kind] = id => grains.GetEntity<IPetGrain>(id),
    });
