using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Clinic.Visits;

/// <summary>All visits, each with its grain.</summary>
internal sealed class VisitsContent(IGrainFactory grains)
    : IndexedContent(new Dictionary<string, Func<EntityId, IMigratableGrain>>
    {
        [VisitMapping.Kind] = id => grains.GetEntity<IVisitGrain>(id),
    });
