using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Pulling;

internal sealed partial class QueueAgent
{
    [LoggerMessage(1735, LogLevel.Debug, "The agent of queue {Queue} of stream provider {Provider} has started.")]
    private partial void LogStarted(QueueId queue, string provider);

    [LoggerMessage(1736, LogLevel.Debug, "The agent of queue {Queue} of stream provider {Provider} has stopped.")]
    private partial void LogStopped(QueueId queue, string provider);

    [LoggerMessage(1737, LogLevel.Warning, "The agent of queue {Queue} of stream provider {Provider} stops with {Count} deliveries under way: their events are delivered again by the next agent.")]
    private partial void LogDeliveriesCut(QueueId queue, string provider, int count);

    [LoggerMessage(1738, LogLevel.Warning, "The receiver of queue {Queue} of stream provider {Provider} did not shut down.")]
    private partial void LogShutdownFailed(Exception exception, QueueId queue, string provider);

    [LoggerMessage(1739, LogLevel.Warning, "Nothing could be taken out of queue {Queue} of stream provider {Provider}; it is tried again.")]
    private partial void LogPullFailed(Exception exception, QueueId queue, string provider);

    [LoggerMessage(1740, LogLevel.Warning, "{Count} delivered messages of queue {Queue} of stream provider {Provider} could not be acknowledged. What the queue does not learn of it gives out again.")]
    private partial void LogAcknowledgeFailed(Exception exception, int count, QueueId queue, string provider);

    [LoggerMessage(1741, LogLevel.Warning, "The subscriptions to stream {Stream} of provider {Provider} could not be read; its events wait.")]
    public partial void LogSubscriptionsUnread(Exception exception, StreamId stream, string provider);

    [LoggerMessage(1742, LogLevel.Error, "An event of stream {Stream} of provider {Provider} at {Token} could not be delivered to subscription {Subscription} of {Consumer} in time and is given up.")]
    public partial void LogGivenUp(Exception exception, StreamId stream, string provider, StreamSequenceToken token, Guid subscription, GrainId consumer);

    [LoggerMessage(1743, LogLevel.Warning, "The failure handler of stream provider {Provider} failed for subscription {Subscription} to {Stream}.")]
    public partial void LogHandlerFailed(Exception exception, string provider, Guid subscription, StreamId stream);

    [LoggerMessage(1744, LogLevel.Debug, "Subscription {Subscription} to {Stream} could not be told of an error.")]
    public partial void LogNotTold(Exception exception, Guid subscription, StreamId stream);

    [LoggerMessage(1745, LogLevel.Information, "Subscription {Subscription} to stream {Stream} of provider {Provider} has ended with its client {Consumer}.")]
    public partial void LogConsumerGone(Guid subscription, StreamId stream, string provider, GrainId consumer);

    [LoggerMessage(1746, LogLevel.Warning, "The stream filter of provider {Provider} failed for an event of {Stream}, which is delivered.")]
    public partial void LogFilterFailed(Exception exception, string provider, StreamId stream);

    [LoggerMessage(1747, LogLevel.Warning, "Subscription {Subscription} to stream {Stream} of provider {Provider} could not be taken away.")]
    public partial void LogNotRemoved(Exception exception, Guid subscription, StreamId stream, string provider);

    [LoggerMessage(5140, LogLevel.Error, "An event of stream {Stream} of provider {Provider} at {Token} could not be delivered to subscription {Subscription} of {Consumer} in {Attempts} attempts and is among the dead letters.")]
    public partial void LogDeadLettered(Exception exception, StreamId stream, string provider, StreamSequenceToken token, Guid subscription, GrainId consumer, int attempts);

    [LoggerMessage(5141, LogLevel.Warning, "An event of stream {Stream} of provider {Provider} at {Token} for subscription {Subscription} could not be put into the dead letters at try {Tries}; it waits.")]
    public partial void LogNotDeadLettered(Exception exception, StreamId stream, string provider, StreamSequenceToken token, Guid subscription, int tries);

    [LoggerMessage(5142, LogLevel.Debug, "The trace context of an event of stream {Stream} of provider {Provider} at {Token} could not be read.")]
    public partial void LogNoTrace(Exception exception, StreamId stream, string provider, StreamSequenceToken token);
}
