using OrleansShop.Clinic.Contracts.Vets;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Clinic.Vets;

/// <summary>All specialties and vets, each with its grain.</summary>
internal sealed class VetsContent(IGrainFactory grains)
    : IndexedContent(new Dictionary<string, Func<EntityId, IMigratableGrain>>
    {
        [SpecialtyMapping.Kind] = id => grains.GetEntity<ISpecialtyGrain>(id),
        [VetMapping.Kind] = id => grains.GetEntity<IVetGrain>(id),
    });
