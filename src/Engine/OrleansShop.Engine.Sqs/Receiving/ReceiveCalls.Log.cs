using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Sqs.Receiving;

internal sealed partial class ReceiveCalls
{
    [LoggerMessage(1952, LogLevel.Warning, "The message {MessageId} of the queue {Queue} at {Place} is not taken: its body is not what its digest says. It is received again when its visibility timeout is over")]
    private partial void LogDamaged(string messageId, string queue, string place);
}
