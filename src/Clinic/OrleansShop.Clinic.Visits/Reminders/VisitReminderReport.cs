namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>How far a visit's reminder has come, for people who look after it. No names.</summary>
/// <param name="VisitId">The visit.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Since">Since when.</param>
/// <param name="Date">The visit's date, as last heard.</param>
/// <param name="Due">When the mail is, or was, due.</param>
/// <param name="Attempts">The attempts that have begun.</param>
/// <param name="Reason">What went wrong, if something did; else null.</param>
[GenerateSerializer, Immutable, Alias("clinic.visit-reminder-report")]
public sealed record VisitReminderReport(int VisitId, VisitReminderStage Stage, DateTimeOffset Since, DateOnly Date, DateTimeOffset Due, int Attempts, string? Reason);
