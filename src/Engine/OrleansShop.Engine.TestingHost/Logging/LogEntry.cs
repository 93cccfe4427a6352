using Microsoft.Extensions.Logging;

namespace Orleans.TestingHost.Logging;

/// <summary>One message that was logged.</summary>
/// <param name="Timestamp">When.</param>
/// <param name="LogLevel">How serious it is.</param>
/// <param name="Category">Who logged it.</param>
/// <param name="EventId">What kind of message it is.</param>
/// <param name="Message">The message.</param>
/// <param name="Exception">What went wrong; null for nothing.</param>
public record struct LogEntry(DateTimeOffset Timestamp, LogLevel LogLevel, string Category, EventId EventId, string Message, Exception? Exception)
{
    /// <summary>The entry as one line, and the exception on further lines.</summary>
    public override readonly string ToString() =>
        $"{Timestamp:O} {LogLevel} {EventId.Id} {Category}: {Message}{(Exception is null ? "" : Environment.NewLine + Exception)}";
}
