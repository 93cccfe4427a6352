using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Subscribing;

internal sealed partial class StreamConsumerExtension
{
    [LoggerMessage(1731, LogLevel.Warning, "An event of stream {Stream} of provider {Provider} was dropped: subscription {Subscription} has no observer. A grain has to resume its subscriptions when it is activated.")]
    private partial void LogNoObserver(StreamId stream, string provider, Guid subscription);
}
