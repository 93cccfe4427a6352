using Microsoft.Extensions.Logging;

namespace OrleansShop.Storage.DynamoDB.Calling;

internal sealed partial class RepeatedCalls
{
    [LoggerMessage(3600, LogLevel.Debug, "{Operation} on the DynamoDB table {Table} at {Place} failed, try {Attempt}: {Reason}. The next try is in {Pause}")]
    private partial void LogRepeated(string reason, string operation, string table, string place, int attempt, TimeSpan pause);

    [LoggerMessage(3604, LogLevel.Warning, "{Operation} on the DynamoDB table {Table} at {Place} has failed {Attempts} times; it is repeated for up to {Remaining} more")]
    private partial void LogStillFailing(Exception cause, string operation, string table, string place, int attempts, TimeSpan remaining);
}
