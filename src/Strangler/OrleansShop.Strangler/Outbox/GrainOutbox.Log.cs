using Microsoft.Extensions.Logging;

namespace OrleansShop.Strangler.Outbox;

public sealed partial class GrainOutbox
{
    [LoggerMessage(5100, LogLevel.Warning, "Event {Id} ({Type}) could not be published to {Stream}, or whether it was is unknown; it is tried again. {Waiting} events of this grain wait.")]
    private static partial void LogNotPublished(ILogger logger, string id, string type, StreamId stream, int waiting, Exception failure);

    [LoggerMessage(5101, LogLevel.Warning, "The events of {Source} are published, and whether that was noted is unknown; if not, it is found by the mark.")]
    private static partial void LogNotNoted(ILogger logger, string source, Exception failure);
}
