namespace OrleansShop.Clinic.Visits.Reminders.Mail;

/// <summary>How an attempt to hand a mail over ended. Immutable.</summary>
/// <param name="Verdict">What was said.</param>
/// <param name="Reason">Why not; null if it was taken.</param>
internal sealed record MailOutcome(MailVerdict Verdict, string? Reason)
{
    public static MailOutcome Taken { get; } = new(MailVerdict.Taken, Reason: null);

    public static MailOutcome Later(string reason) => new(MailVerdict.Later, reason);

    public static MailOutcome Never(string reason) => new(MailVerdict.Never, reason);
}

/// <summary>What became of a mail.</summary>
internal enum MailVerdict
{
    /// <summary>The other side has it and is responsible for it.</summary>
    Taken,

    /// <summary>Not now, or nobody knows: another attempt may succeed.</summary>
    Later,

    /// <summary>Not this mail: another attempt would end the same way.</summary>
    Never,
}
