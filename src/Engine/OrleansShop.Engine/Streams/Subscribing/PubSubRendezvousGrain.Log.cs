using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Subscribing;

internal sealed partial class PubSubRendezvousGrain
{
    [LoggerMessage(1730, LogLevel.Warning, "Agent {Agent} was not told of a change of the subscriptions to {Stream}; it is told again.")]
    private partial void LogNotTold(Exception exception, GrainId agent, StreamId stream);
}
