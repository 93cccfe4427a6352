using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Sqs.Streams.DeadLetters;

internal sealed partial class FoundLetters
{
    [LoggerMessage(1953, LogLevel.Warning, "{Count} dead letters of the queue {Queue} at {Place} could not be given back; they are visible again within {Hidden}")]
    private partial void LogNotGivenBack(Exception cause, int count, string queue, string place, TimeSpan hidden);
}
