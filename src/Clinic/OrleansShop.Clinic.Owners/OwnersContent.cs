using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Owners;

/// <summary>All owners, as a switch copies them.</summary>
internal sealed class OwnersContent([FromKeyedServices(OwnersService.Name)] IEntityIndex index, IGrainFactory grains)
    : IndexedContent(index, new Dictionary<string, Func<long, IMigratableGrain>>
    {
        [OwnerMapping.Kind] = id => grains.GetGrain<IOwnerGrain>(id).AsReference<IMigratableGrain>(),
    });
