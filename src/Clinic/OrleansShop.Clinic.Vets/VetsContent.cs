using OrleansShop.Clinic.Contracts.Vets;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Vets;

/// <summary>All specialties and vets, each with its grain.</summary>
internal sealed class VetsContent(IGrainFactory grains)
    : IndexedContent(new Dictionary<string, Func<long, IMigratableGrain>>
    {
        [SpecialtyMapping.Kind] = id => grains.GetGrain<ISpecialtyGrain>(id).AsReference<IMigratableGrain>(),
        [VetMapping.Kind] = id => grains.GetGrain<IVetGrain>(id).AsReference<IMigratableGrain>(),
    });
