using OrleansShop.Engine.EventSourcing;

namespace Orleans.EventSourcing.LogStorage;

/// <summary>A whole log, as grain storage keeps it.</summary>
/// <typeparam name="TEntry">The entries: the events.</typeparam>
[GenerateSerializer]
public sealed class LogStateWithMetaData<TEntry>
    where TEntry : class
{
    /// <summary>The entries, from the first.</summary>
    [Id(0)]
    public List<TEntry> Log { get; set; } = [];

    /// <summary>Who wrote last, so that a writer that got no answer can tell whether its write is here.</summary>
    [Id(1)]
    public string WriteVector { get; set; } = "";

    /// <summary>How many entries there are.</summary>
    public int GlobalVersion => Log.Count;

    /// <summary>Returns whether a mark is set in <see cref="WriteVector"/>.</summary>
    public bool GetBit(string replica) => WriteMarks.Contains(WriteVector, replica);

    /// <summary>Sets or removes a mark in <see cref="WriteVector"/>, and returns whether it is set now.</summary>
    public bool FlipBit(string replica)
    {
        WriteVector = WriteMarks.Flip(WriteVector, replica);
        return GetBit(replica);
    }
}
