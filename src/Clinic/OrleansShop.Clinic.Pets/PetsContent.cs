using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Pets;

/// <summary>All pet types and pets, as a switch copies them.</summary>
internal sealed class PetsContent([FromKeyedServices(PetsService.Name)] IEntityIndex index, IGrainFactory grains)
    : IndexedContent(index, new Dictionary<string, Func<long, IMigratableGrain>>
    {
        [PetTypeMapping.Kind] = id => grains.GetGrain<IPetTypeGrain>(id).AsReference<IMigratableGrain>(),
        [PetMapping.Kind] = id => grains.GetGrain<IPetGrain>(id).AsReference<IMigratableGrain>(),
    });
