namespace OrleansShop.Engine.Sqs.Receiving;

/// <summary>How to receive.</summary>
internal sealed record SqsReceive
{
    /// <summary>The most messages of one receive: 1 to 10. Default 10.</summary>
    public int MaxMessages { get; init; } = 10;

    /// <summary>How long to wait for a first message: 0 to 20 s, in whole seconds. Default null: as the queue says.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>How long nobody else receives them: 0 to 12 h, in whole seconds. Default null: as the queue says.</summary>
    public TimeSpan? Visibility { get; init; }

    /// <summary>
    /// Once cancelled, no further try begins; the one under way goes on, because what it receives would be hidden from everybody if it were cut off. On a FIFO queue a try whose answer was lost is asked
    /// for again, without waiting for messages. Default none.
    /// </summary>
    public CancellationToken Ending { get; init; }
}
