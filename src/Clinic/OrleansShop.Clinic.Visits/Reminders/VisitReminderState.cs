using OrleansShop.Strangler;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>
/// What is stored of a visit's reminder: what was planned, how far it has come, and up to which event of the visit. No names: those are asked for when they are needed. Immutable; each change is one write.
/// </summary>
[GenerateSerializer, Immutable, Alias("clinic.visit-reminder-state")]
internal sealed record VisitReminderState
{
    private const int MaxReasonLength = 500;

    /// <summary>The place of the last event that was handled; those up to it are repetitions.</summary>
    [Id(0)]
    public long LastSequence { get; init; }

    /// <summary>How far it has come.</summary>
    [Id(1)]
    public VisitReminderStage Stage { get; init; }

    /// <summary>The visit's date, as last heard.</summary>
    [Id(2)]
    public DateOnly Date { get; init; }

    /// <summary>The pet.</summary>
    [Id(3)]
    public int PetId { get; init; }

    /// <summary>How many times a mail was planned: once, and once more for each change of the date. Part of the mail's name.</summary>
    [Id(4)]
    public int Plan { get; init; }

    /// <summary>The attempts to hand over the mail of this plan that have begun.</summary>
    [Id(5)]
    public int Attempts { get; init; }

    /// <summary>Why it stands where it stands, if something went wrong; else null.</summary>
    [Id(6)]
    public string? Reason { get; init; }

    /// <summary>When the stage was reached.</summary>
    [Id(7)]
    public DateTimeOffset Since { get; init; }

    /// <summary>Whether there is still something to do.</summary>
    public bool IsOpen => Stage is VisitReminderStage.Planned or VisitReminderStage.Sending;

    /// <summary>Whether a mail for this date is planned, or is over with: a further event that says the same date asks for no further mail.</summary>
    public bool Covers(DateOnly date) => Date == date && Stage is VisitReminderStage.Planned or VisitReminderStage.Sending or VisitReminderStage.Sent or VisitReminderStage.Refused or VisitReminderStage.Missed;

    /// <summary>A new plan.</summary>
    public VisitReminderState Planned(DateOnly date, int petId, DateTimeOffset now) =>
        Reached(VisitReminderStage.Planned, now) with { Date = date, PetId = petId, Plan = Plan + 1, Attempts = 0 };

    /// <summary>The next attempt of this plan.</summary>
    public VisitReminderState Attempted(DateTimeOffset now)
    {
        Invariant.Holds(IsOpen, "a mail is sent only while it is planned");
        return Reached(VisitReminderStage.Sending, now) with { Attempts = Attempts + 1 };
    }

    /// <summary>Another stage of the same plan.</summary>
    public VisitReminderState Reached(VisitReminderStage stage, DateTimeOffset now, string? reason = null) =>
        this with { Stage = stage, Since = now, Reason = reason is { Length: > MaxReasonLength } ? reason[..MaxReasonLength] : reason };
}
