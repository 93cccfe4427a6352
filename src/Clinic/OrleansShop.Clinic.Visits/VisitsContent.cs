using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Visits.Reminders;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Clinic.Visits;

/// <summary>All visits, as a switch copies them. Those that are still to come have their reminders planned with the copy, because no event tells of them.</summary>
internal sealed class VisitsContent(
    [FromKeyedServices(VisitsService.Name)] IEntityIndex index, IGrainFactory grains, EntityKind<VisitRecord> visits, VisitSchedule schedule)
    : IndexedContent(index, new Dictionary<string, Func<long, IMigratableGrain>>
    {
        [VisitMapping.Kind] = id => grains.GetGrain<IVisitGrain>(id).AsReference<IMigratableGrain>(),
    })
{
    /// <summary>How many are planned at a time, as many as the base copies.</summary>
    private const int Parallelism = 64;

    public override async Task ImportAsync(string kind, IReadOnlyList<EntityRows> page, CancellationToken cancellationToken)
    {
        await base.ImportAsync(kind, page, cancellationToken);
        var toCome = page.Select(rows => visits.Mapping.FromRows(rows).ToVisit(rows.Row.Int32("id"))).Where(visit => schedule.BeginningOf(visit.Date) > schedule.Now);
        await Parallel.ForEachAsync(
            toCome,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            (visit, _) => new ValueTask(grains.GetGrain<IVisitReminderGrain>(visit.Id).PlanAsync(visit)));
    }
}
