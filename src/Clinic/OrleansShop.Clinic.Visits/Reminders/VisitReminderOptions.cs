using OrleansShop.Clinic.Visits.Reminders.Mail;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>When and whom visit reminders tell. Section <c>VisitReminders</c>, read and checked by <see cref="VisitReminderOptionsReader"/>. Immutable.</summary>
internal sealed record VisitReminderOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VisitReminders";

    /// <summary>
    /// <c>VisitReminders:Enabled</c>: whether mails are sent. Without, visits are followed all the same, so that it can be set to true at any time; what is due meanwhile is missed. Default true.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>VisitReminders:LeadTime</c>: how long before the visit the mail is due. Range 1 minute to 60 days. Default 24 hours.</summary>
    public TimeSpan LeadTime { get; init; } = TimeSpan.FromHours(24);

    /// <summary><c>VisitReminders:VisitTime</c>: the time of day at which a visit, which has a date only, counts as beginning. Range 00:00 to 23:59. Default 09:00.</summary>
    public TimeOnly VisitTime { get; init; } = new(9, 0);

    /// <summary><c>VisitReminders:TimeZone</c>: where that time is read from the clock, as an IANA name such as <c>Europe/Berlin</c>. Default UTC, by which the clinic's other dates go.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary><c>VisitReminders:From</c>: the sender's address. Default <c>visits@clinic.example</c>, which no server takes: it has to be given for SMTP.</summary>
    public string From { get; init; } = "visits@clinic.example";

    /// <summary>
    /// <c>VisitReminders:FrontDesk</c>: the address that mails go to. The clinic knows its owners' telephones but not their addresses for mail, so somebody there calls. Default <c>front-desk@clinic.example</c>,
    /// which no server takes: it has to be given for SMTP.
    /// </summary>
    public string FrontDesk { get; init; } = "front-desk@clinic.example";

    /// <summary><c>VisitReminders:RetryDelay</c>: how long after a failure it is tried again; twice as long after each further one. Range 1 second to 1 hour. Default 1 minute.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>VisitReminders:MaxRetryDelay</c>: the longest pause between two tries. Range <see cref="RetryDelay"/> to 1 day. Default 30 minutes.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// <c>VisitReminders:DropFolder</c>: where mails are put as <c>.eml</c> files as long as no SMTP server is named. Default: the folder <c>mail</c> below <c>Storage:DataFolder</c>.
    /// </summary>
    public string DropFolder { get; init; } = Path.Combine("data", "services", "mail");

    /// <summary>Section <c>VisitReminders:Smtp</c>: the server that mails are handed to. Default null: it names no host, and mails go to <see cref="DropFolder"/>.</summary>
    public SmtpOptions? Smtp { get; init; }
}
