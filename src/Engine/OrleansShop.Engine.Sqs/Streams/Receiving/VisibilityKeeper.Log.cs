using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Sqs.Streams.Receiving;

internal sealed partial class VisibilityKeeper
{
    [LoggerMessage(1978, LogLevel.Warning, "Messages of the queue {Queue} of stream provider {Provider} could not be kept hidden; those whose time runs out are received again.")]
    private partial void LogNotExtended(Exception exception, string queue, string provider);

    [LoggerMessage(1983, LogLevel.Warning, "The message {MessageId} of the queue {Queue} of stream provider {Provider} is not delivered, and has been hidden since {ReceivedAt}: SQS allows no more than 12 h. It is not hidden any longer; when it is received again, it keeps its place. Look for a subscriber that does not return.")]
    private partial void LogHeldTooLong(Exception? exception, string messageId, string queue, string provider, DateTimeOffset receivedAt);
}
