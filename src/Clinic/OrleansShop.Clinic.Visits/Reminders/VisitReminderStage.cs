namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>How far the reminder of a visit has come. The numbers are stored.</summary>
public enum VisitReminderStage
{
    /// <summary>Nothing is known of the visit.</summary>
    None = 0,

    /// <summary>The mail is sent when it is due.</summary>
    Planned = 1,

    /// <summary>An attempt to hand the mail over has begun. If it stays so, the attempt was cut off and its outcome is unknown.</summary>
    Sending = 2,

    /// <summary>The mail was handed over.</summary>
    Sent = 3,

    /// <summary>The mail was refused for good.</summary>
    Refused = 4,

    /// <summary>The visit began before the mail could be sent.</summary>
    Missed = 5,

    /// <summary>There is nobody to remind: the visit, the pet or the owner is gone.</summary>
    Cancelled = 6,

    /// <summary>The visit was in the past when the clinic learned of it.</summary>
    Past = 7,
}
