namespace Orleans.EventSourcing;

/// <summary>Adds entries to a log.</summary>
/// <typeparam name="TLogEntry">The entries: the events.</typeparam>
public interface ILogViewUpdate<TLogEntry>
{
    /// <summary>Adds an entry at the end of the log, wherever that will be.</summary>
    void Submit(TLogEntry entry);

    /// <summary>Adds entries at the end of the log, together.</summary>
    void SubmitRange(IEnumerable<TLogEntry> entries);

    /// <summary>Adds an entry if nobody else adds one first.</summary>
    /// <returns>Whether it was added.</returns>
    Task<bool> TryAppend(TLogEntry entry);

    /// <summary>Adds entries, together, if nobody else adds one first.</summary>
    /// <returns>Whether they were added.</returns>
    Task<bool> TryAppendRange(IEnumerable<TLogEntry> entries);

    /// <summary>Waits until all entries that were submitted so far are confirmed.</summary>
    Task ConfirmSubmittedEntries();

    /// <summary>Waits until all entries that were submitted so far are confirmed and the log was read afresh.</summary>
    Task Synchronize();

    /// <summary>Removes all entries, confirmed or submitted so far.</summary>
    /// <exception cref="NotSupportedException">The adaptor cannot.</exception>
    Task ClearLogAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType()} cannot clear its log: it does not implement {nameof(ClearLogAsync)}.");
}
