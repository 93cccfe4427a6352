namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>The dead letters of a stream provider, for operators. Registered under the provider's name. Thread-safe.</summary>
public interface IDeadLetterStore
{
    /// <summary>Lists dead letters, without their payloads.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="after">Where to go on: <see cref="DeadLetterPage.Next"/> of the page before; null to begin.</param>
    /// <param name="limit">How many at most; 1 to <see cref="DeadLetterFilter.MaxLimit"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Finds one dead letter, with its payload; null if it is not there.</summary>
    Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Puts events back into their streams' queues, each for its subscription alone, and then takes them out of the dead letters. A crash in between sends an event again and keeps its
    /// dead letter.
    /// </summary>
    Task<DeadLetterOutcome> RedriveAsync(DeadLetterSelection selection, CancellationToken cancellationToken);

    /// <summary>Throws dead letters away.</summary>
    Task<DeadLetterOutcome> PurgeAsync(DeadLetterSelection selection, CancellationToken cancellationToken);
}
