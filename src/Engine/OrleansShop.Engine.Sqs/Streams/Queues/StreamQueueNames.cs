namespace OrleansShop.Engine.Sqs.Streams.Queues;

/// <summary>What the queues of a provider are called.</summary>
internal static class StreamQueueNames
{
    private const string FifoEnd = ".fifo";

    /// <param name="service">The id of the service.</param>
    /// <param name="provider">The provider's name.</param>
    /// <param name="number">The number of the queue, from 0.</param>
    /// <param name="isFifo">Whether it is a FIFO queue.</param>
    public static string Of(string service, string provider, uint number, bool isFifo) => $"{service}-{provider.ToLowerInvariant()}-{number}{(isFifo ? FifoEnd : "")}";

    public static string OfDeadLetters(string queue, string suffix) =>
        queue.EndsWith(FifoEnd, StringComparison.Ordinal) ? $"{queue[..^FifoEnd.Length]}{suffix}{FifoEnd}" : queue + suffix;
}
