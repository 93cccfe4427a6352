using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Visits;

/// <summary>All visits, each with its grain.</summary>
internal sealed class VisitsContent(IGrainFactory grains)
    : IndexedContent(new Dictionary<string, Func<long, IMigratableGrain>>
    {
        [VisitMapping.Kind] = id => grains.GetGrain<IVisitGrain>(id).AsReference<IMigratableGrain>(),
    });
