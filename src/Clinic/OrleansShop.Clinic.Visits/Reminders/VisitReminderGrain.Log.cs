namespace OrleansShop.Clinic.Visits.Reminders;

internal sealed partial class VisitReminderGrain
{
    [LoggerMessage(5120, LogLevel.Debug, "The mail for visit {Visit} on {Date} is due at {Due}.")]
    private static partial void LogPlanned(ILogger logger, long visit, DateOnly date, DateTimeOffset due);

    [LoggerMessage(5121, LogLevel.Information, "The mail for visit {Visit} was handed over as {Mail}, at attempt {Attempt}.")]
    private static partial void LogSent(ILogger logger, long visit, string mail, int attempt);

    [LoggerMessage(5122, LogLevel.Warning, "The mail for visit {Visit} cannot be sent now, at attempt {Attempt}; the next try is in {Delay}. {Reason}")]
    private static partial void LogRetry(ILogger logger, long visit, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(5123, LogLevel.Error, "The mail for visit {Visit} was refused for good, and nobody is reminded. {Reason}")]
    private static partial void LogRefused(ILogger logger, long visit, string reason);

    [LoggerMessage(5124, LogLevel.Warning, "Visit {Visit} has begun before its mail was sent: nobody is reminded. {Reason}")]
    private static partial void LogMissed(ILogger logger, long visit, string reason);

    [LoggerMessage(5125, LogLevel.Information, "The mail for visit {Visit} is cancelled: {Reason}")]
    private static partial void LogCancelled(ILogger logger, long visit, string reason);

    [LoggerMessage(5126, LogLevel.Warning, "The mail for visit {Visit} is due and cannot be written, because what it is about cannot be asked for; the next try is in {Delay}.")]
    private static partial void LogNotAsked(ILogger logger, long visit, TimeSpan delay, Exception failure);

    [LoggerMessage(5127, LogLevel.Warning, "The attempt {Attempt} to send the mail for visit {Visit} was cut off and its outcome is unknown; it is sent again under the same Message-ID.")]
    private static partial void LogCutOff(ILogger logger, long visit, int attempt);
}
