using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Owners;

/// <summary>All owners, each with its grain.</summary>
internal sealed class OwnersContent(IGrainFactory grains)
    : IndexedContent(new Dictionary<string, Func<long, IMigratableGrain>>
    {
        [OwnerMapping.Kind] = id => grains.GetGrain<IOwnerGrain>(id).AsReference<IMigratableGrain>(),
    });
