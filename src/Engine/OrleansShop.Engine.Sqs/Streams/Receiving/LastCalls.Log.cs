using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Sqs.Streams.Receiving;

internal sealed partial class LastCalls
{
    [LoggerMessage(1982, LogLevel.Warning, "{Count} last calls to SQS of stream provider {Provider} were cut off, because the host's time to stop is over; what they might have given back is hidden until its visibility timeout is over. Raise HostOptions.ShutdownTimeout, or lower SqsOptions.ReceiveWaitTimeSeconds.")]
    private partial void LogCut(int count, string provider);
}
