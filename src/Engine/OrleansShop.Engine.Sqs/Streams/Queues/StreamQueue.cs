namespace OrleansShop.Engine.Sqs.Streams.Queues;

/// <summary>A queue of a provider, as SQS has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Its URL.</param>
/// <param name="DeadLetterUrl">The URL of its dead-letter queue.</param>
/// <param name="Visibility">For how long a received message is hidden.</param>
/// <param name="IsFifo">Whether it is a FIFO queue.</param>
internal sealed record StreamQueue(string Name, string Url, string DeadLetterUrl, TimeSpan Visibility, bool IsFifo);
