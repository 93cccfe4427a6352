using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Pets;

/// <summary>All pet types and pets, each with its grain.</summary>
internal sealed class PetsContent(IGrainFactory grains)
    : IndexedContent(new Dictionary<string, Func<long, IMigratableGrain>>
    {
        [PetTypeMapping.Kind] = id => grains.GetGrain<IPetTypeGrain>(id).AsReference<IMigratableGrain>(),
        [PetMapping.Kind] = id => grains.GetGrain<IPetGrain>(id).AsReference<IMigratableGrain>(),
    });
