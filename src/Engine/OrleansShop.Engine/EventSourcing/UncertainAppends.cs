namespace OrleansShop.Engine.EventSourcing;

/// <summary>
/// Appends that had no answer. One of them may be stored, even later, as long as the log has not moved: all were made for the same version, so that at most one succeeds.
/// </summary>
internal sealed class UncertainAppends(string writer)
{
    private readonly List<int> _counts = [];

    /// <summary>Notes that an append of so many entries was sent.</summary>
    public void Add(int count)
    {
        if (!_counts.Contains(count)) _counts.Add(count);
    }

    /// <summary>Forgets them: the log has moved, none can succeed any more.</summary>
    public void Forget() => _counts.Clear();

    /// <summary>Returns how many entries the one that succeeded has appended; 0 if none did.</summary>
    /// <param name="marks">The marks in the log.</param>
    /// <param name="baseVersion">The version that they were made for.</param>
    public int FoundIn(string marks, int baseVersion)
    {
        try
        {
            return _counts.Find(count => WriteMarks.Holds(marks, writer, baseVersion + count));
        }
        catch (InvalidOperationException e)
        {
            throw new LogFaultException(e);
        }
    }
}
