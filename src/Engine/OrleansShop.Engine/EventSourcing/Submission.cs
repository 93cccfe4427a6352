namespace OrleansShop.Engine.EventSourcing;

/// <summary>Entries that were submitted together, or the wish to clear the log, from then until it is done or refused.</summary>
/// <param name="number">Counts the submissions of the activation.</param>
/// <param name="entries">The entries; none to clear the log.</param>
/// <param name="raisedAt">When, as a timestamp.</param>
internal sealed class Submission<TEntry>(long number, IReadOnlyList<TEntry> entries, long raisedAt)
{
    public long Number => number;

    public IReadOnlyList<TEntry> Entries => entries;

    public long RaisedAt => raisedAt;

    public bool IsClear => entries.Count == 0;

    /// <summary>Whether it is refused if others write first.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Tells the one who waits whether it was done; null if nobody does.</summary>
    public TaskCompletionSource<bool>? Outcome { get; init; }
}
