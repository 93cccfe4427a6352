using OrleansShop.Clinic.Contracts.Vets;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Vets;

/// <summary>All specialties and vets, as a switch copies them.</summary>
internal sealed class VetsContent([FromKeyedServices(VetsService.Name)] IEntityIndex index, IGrainFactory grains)
    : IndexedContent(index, new Dictionary<string, Func<long, IMigratableGrain>>
    {
        [SpecialtyMapping.Kind] = id => grains.GetGrain<ISpecialtyGrain>(id).AsReference<IMigratableGrain>(),
        [VetMapping.Kind] = id => grains.GetGrain<IVetGrain>(id).AsReference<IMigratableGrain>(),
    });
