using Microsoft.Extensions.Logging;

namespace OrleansShop.Storage.Aws.Calling;

internal sealed partial class RepeatedCalls
{
    [LoggerMessage(3600, LogLevel.Debug, "{Operation} on {Target} at {Place} failed, try {Attempt}: {Reason}. The next try is in {Pause}")]
    private partial void LogRepeated(string reason, string operation, string target, string place, int attempt, TimeSpan pause);

    [LoggerMessage(3604, LogLevel.Warning, "{Operation} on {Target} at {Place} has failed {Attempts} times; it is repeated for up to {Remaining} more")]
    private partial void LogStillFailing(Exception cause, string operation, string target, string place, int attempts, TimeSpan remaining);
}
