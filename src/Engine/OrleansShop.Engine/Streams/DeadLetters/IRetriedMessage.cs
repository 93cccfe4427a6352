namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>What a message (an <see cref="Orleans.Streams.IBatchContainer"/>) of a queue can tell besides, if its queue knows of earlier deliveries or can send it to some subscriptions alone.</summary>
public interface IRetriedMessage
{
    /// <summary>How often the queue has given it out before without learning that it was delivered; 0 the first time. Counts for <see cref="StreamDeadLetterOptions.MaxAttempts"/>.</summary>
    int EarlierAttempts { get; }

    /// <summary>The subscriptions that it is for: it was sent again out of the dead letters, and all others had it. Null for all.</summary>
    IReadOnlyCollection<Guid>? OnlyFor { get; }
}
