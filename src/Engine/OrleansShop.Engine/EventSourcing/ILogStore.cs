namespace OrleansShop.Engine.EventSourcing;

/// <summary>Where one activation reads and writes its log. Calls never overlap. What it throws is tried again, unless it is a <see cref="LogFaultException"/>.</summary>
/// <typeparam name="TView">The view: the state of the grain.</typeparam>
/// <typeparam name="TEntry">The entries: the events.</typeparam>
internal interface ILogStore<TView, TEntry>
{
    /// <summary>Reads what is stored, and finds out what became of appends that had no answer.</summary>
    Task<LogSnapshot<TView>> ReadAsync(LogSnapshot<TView> known, CancellationToken cancellationToken);

    /// <summary>Appends entries, all or none, if what is stored is what is known. Returns the log after it, or null if it is not what is known.</summary>
    /// <exception cref="Exception">Whether they were appended is unknown.</exception>
    Task<LogSnapshot<TView>?> AppendAsync(LogSnapshot<TView> known, IReadOnlyList<TEntry> entries, CancellationToken cancellationToken);

    /// <summary>Removes all entries if what is stored is what is known. Returns the empty log.</summary>
    Task<LogSnapshot<TView>> ClearAsync(CancellationToken cancellationToken);

    /// <summary>Returns entries of what was read or written last.</summary>
    /// <exception cref="NotSupportedException">The entries are not kept.</exception>
    IReadOnlyList<TEntry> Segment(int fromVersion, int toVersion);
}
