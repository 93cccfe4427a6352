namespace OrleansShop.ServiceDefaults.Streams;

/// <summary>What operators can do with the streams of this process's silo.</summary>
internal interface IStreamOperations
{
    /// <summary>Tells how the queues stand that this silo pulls.</summary>
    Task<IReadOnlyList<QueueAnswer>> ReadQueuesAsync(CancellationToken cancellationToken);

    /// <summary>Lists dead letters, and whether there may be more.</summary>
    Task<(IReadOnlyList<DeadLetterAnswer> Letters, bool More)> ListAsync(DeadLetterSearch search, CancellationToken cancellationToken);

    /// <summary>Finds a dead letter, with its payload; null if it is not here.</summary>
    Task<DeadLetterAnswer?> FindAsync(DeadLetterName name, CancellationToken cancellationToken);

    /// <summary>Redrives dead letters, or throws them away.</summary>
    /// <param name="order">Which ones.</param>
    /// <param name="isPurge">Whether they are thrown away.</param>
    /// <param name="cancellationToken">Gives up; what is done is done.</param>
    Task<DeadLetterOrderAnswer> CarryOutAsync(DeadLetterOrder order, bool isPurge, CancellationToken cancellationToken);
}
