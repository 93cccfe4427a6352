using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Sqs.Streams.Receiving;

internal sealed partial class SqsReceiver
{
    [LoggerMessage(1971, LogLevel.Warning, "Nothing could be received from the queue {Queue} of stream provider {Provider}; it is tried again.")]
    private partial void LogReceiveFailed(Exception exception, string queue, string provider);

    [LoggerMessage(1972, LogLevel.Debug, "The message {MessageId} of the queue {Queue} of stream provider {Provider} was received again while it is being delivered.")]
    private partial void LogCameAgain(string messageId, string queue, string provider);

    [LoggerMessage(1973, LogLevel.Debug, "The message {MessageId} of the queue {Queue} of stream provider {Provider} was delivered already and is deleted.")]
    private partial void LogDuplicate(string messageId, string queue, string provider);

    [LoggerMessage(1974, LogLevel.Error, "The message {MessageId} of the queue {Queue} of stream provider {Provider} cannot be read and is among the dead letters.")]
    private partial void LogUnreadable(Exception exception, string messageId, string queue, string provider);

    [LoggerMessage(1975, LogLevel.Error, "The message {MessageId} of the queue {Queue} of stream provider {Provider} cannot be read, and could not be put into the dead letters; it is tried again. It cannot be read because: {Why}")]
    private partial void LogUnreadableKept(Exception exception, string messageId, string queue, string provider, string why);

    [LoggerMessage(1976, LogLevel.Warning, "The delivered message {MessageId} of the queue {Queue} of stream provider {Provider} could not be deleted; when it is received again, that is done.")]
    private partial void LogNotDeleted(Exception exception, string messageId, string queue, string provider);

    [LoggerMessage(1977, LogLevel.Warning, "{Count} messages of the queue {Queue} of stream provider {Provider} could not be given back; they are received again when their time is over.")]
    private partial void LogNotGivenBack(Exception exception, int count, string queue, string provider);

    [LoggerMessage(1979, LogLevel.Critical, "What calls SQS for the queue {Queue} of stream provider {Provider} has failed in a way that nobody has thought of.")]
    private partial void LogBroken(Exception exception, string queue, string provider);

    [LoggerMessage(1980, LogLevel.Warning, "The payload of message {MessageId} of the queue {Queue} of stream provider {Provider} could not be had from S3; it is tried again.")]
    private partial void LogNotFetched(Exception exception, string messageId, string queue, string provider);

    [LoggerMessage(1981, LogLevel.Debug, "The payload of the delivered message {MessageId} of the queue {Queue} of stream provider {Provider} is left in S3 for the bucket's lifecycle.")]
    private partial void LogObjectLeft(Exception exception, string messageId, string queue, string provider);

    [LoggerMessage(1984, LogLevel.Warning, "The last receive from the queue {Queue} of stream provider {Provider} has failed; if it got messages, they are received again when their time is over.")]
    private partial void LogLastReceiveFailed(Exception exception, string queue, string provider);
}
