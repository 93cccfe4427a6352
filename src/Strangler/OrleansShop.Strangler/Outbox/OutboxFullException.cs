namespace OrleansShop.Strangler.Outbox;

/// <summary>A write was refused because too many events of the grain could not be published yet. Nothing was written; it can be tried again when the queue takes events again.</summary>
/// <param name="message">Whose outbox it is, what it holds and the limit.</param>
/// <param name="retryAfter">When to try again.</param>
[GenerateSerializer, Alias("OrleansShop.Strangler.OutboxFullException")]
public sealed class OutboxFullException(string message, TimeSpan retryAfter) : Exception(message)
{
    /// <summary>When to try again: zero or longer.</summary>
    [Id(0)]
    public TimeSpan RetryAfter { get; private set; } = retryAfter;
}
