namespace Orleans.EventSourcing;

/// <summary>Reads a log and the view that its entries add up to.</summary>
/// <typeparam name="TView">The view: the state of the grain.</typeparam>
/// <typeparam name="TLogEntry">The entries: the events.</typeparam>
public interface ILogViewRead<TView, TLogEntry>
{
    /// <summary>The view of the confirmed entries and, after them, those that are not confirmed.</summary>
    TView TentativeView { get; }

    /// <summary>The view of the confirmed entries.</summary>
    TView ConfirmedView { get; }

    /// <summary>How many entries are confirmed.</summary>
    int ConfirmedVersion { get; }

    /// <summary>The entries that were submitted and are not confirmed, in order.</summary>
    IEnumerable<TLogEntry> UnconfirmedSuffix { get; }

    /// <summary>Returns confirmed entries.</summary>
    /// <param name="fromVersion">The version before the first entry; at least 0.</param>
    /// <param name="toVersion">The version after the last one; at most <see cref="ConfirmedVersion"/>.</param>
    /// <exception cref="NotSupportedException">The entries are not kept.</exception>
    Task<IReadOnlyList<TLogEntry>> RetrieveLogSegment(int fromVersion, int toVersion);
}
