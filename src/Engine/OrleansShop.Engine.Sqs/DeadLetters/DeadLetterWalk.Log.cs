using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Sqs.DeadLetters;

internal sealed partial class DeadLetterWalk
{
    [LoggerMessage(1953, LogLevel.Warning, "{Count} messages of the queue {Queue} at {Place} could not be given back; they are visible again within {Visibility}")]
    private partial void LogNotGivenBack(Exception cause, int count, string queue, string place, TimeSpan visibility);
}
