using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Visits;

/// <summary>All visits, as a switch copies them.</summary>
internal sealed class VisitsContent([FromKeyedServices(VisitsService.Name)] IEntityIndex index, IGrainFactory grains)
    : IndexedContent(index, new Dictionary<string, Func<long, IMigratableGrain>>
    {
        [VisitMapping.Kind] = id => grains.GetGrain<IVisitGrain>(id).AsReference<IMigratableGrain>(),
    });
