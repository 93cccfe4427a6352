using Orleans.Concurrency;
using OrleansShop.Clinic.Contracts.Visits;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>The reminder of one visit. The key is the visit's id. Plans by itself on the visit's events.</summary>
[Alias("clinic.IVisitReminderGrain")]
public interface IVisitReminderGrain : IGrainWithIntegerKey
{
    /// <summary>Plans the reminder of a visit that came without an event: taken over from the monolith. Again for the same date, it changes nothing.</summary>
    Task PlanAsync(Visit visit);

    /// <summary>How far it has come, or null if nothing is known of the visit. Answers while the reminder is being carried out.</summary>
    [AlwaysInterleave]
    Task<VisitReminderReport?> GetAsync();
}
