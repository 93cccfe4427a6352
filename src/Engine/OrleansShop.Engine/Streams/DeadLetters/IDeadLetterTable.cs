namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>Where the dead letters of stream providers are kept whose queues have no place for them. Outlives the process. Thread-safe.</summary>
public interface IDeadLetterTable
{
    /// <summary>Adds a row, or puts it in the place of the one with the same id. Where there would be too many then, the oldest go.</summary>
    /// <returns>How many of the oldest had to go.</returns>
    Task<int> AddAsync(DeadLetterRow row, CancellationToken cancellationToken);

    /// <summary>Reads rows of a provider in the order in which they came.</summary>
    Task<IReadOnlyList<DeadLetterRow>> ReadAsync(string provider, DeadLetterQuery query, CancellationToken cancellationToken);

    /// <summary>Removes a row.</summary>
    /// <returns>Whether it was there.</returns>
    Task<bool> RemoveAsync(string provider, string id, CancellationToken cancellationToken);

    /// <summary>Counts the rows of a queue of a provider.</summary>
    Task<long> CountAsync(string provider, string queue, CancellationToken cancellationToken);
}
