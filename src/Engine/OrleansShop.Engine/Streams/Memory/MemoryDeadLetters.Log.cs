using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Memory;

internal sealed partial class MemoryDeadLetters
{
    [LoggerMessage(5143, LogLevel.Warning, "{Count} of the oldest dead letters of stream provider {Provider} were dropped to make room.")]
    private partial void LogDropped(int count, string provider);

    [LoggerMessage(5144, LogLevel.Information, "The dead letter {Id} of stream provider {Provider} was put back into the queue of {Stream} for subscription {Subscription}.")]
    private partial void LogRedriven(string id, string provider, StreamId stream, Guid subscription);

    [LoggerMessage(5145, LogLevel.Information, "The dead letter {Id} of stream provider {Provider} of {Stream} for subscription {Subscription} was purged.")]
    private partial void LogPurged(string id, string provider, StreamId stream, Guid subscription);

    [LoggerMessage(5146, LogLevel.Warning, "The dead letter {Id} of stream provider {Provider} could not be put back or purged; what is left of the order is not carried out.")]
    private partial void LogOrderFailed(Exception exception, string id, string provider);

    [LoggerMessage(5148, LogLevel.Warning, "The dead letters of queue {Queue} of stream provider {Provider} could not be counted.")]
    private partial void LogNotCounted(Exception exception, string queue, string provider);
}
