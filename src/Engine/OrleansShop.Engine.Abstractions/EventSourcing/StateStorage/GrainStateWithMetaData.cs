using OrleansShop.Engine.EventSourcing;

namespace Orleans.EventSourcing.StateStorage;

/// <summary>The view of a log, without the log, as grain storage keeps it.</summary>
/// <typeparam name="TView">The view: the state of the grain.</typeparam>
[GenerateSerializer]
public sealed class GrainStateWithMetaData<TView>
    where TView : class, new()
{
    /// <summary>Creates the view of an empty log.</summary>
    public GrainStateWithMetaData()
        : this(new TView())
    {
    }

    /// <summary>Creates one with the view of an empty log.</summary>
    public GrainStateWithMetaData(TView initialstate) => State = initialstate;

    /// <summary>The view.</summary>
    [Id(0)]
    public TView State { get; set; }

    /// <summary>How many entries are in the view.</summary>
    [Id(1)]
    public int GlobalVersion { get; set; }

    /// <summary>Who wrote last, so that a writer that got no answer can tell whether its write is here.</summary>
    [Id(2)]
    public string WriteVector { get; set; } = "";

    /// <summary>Returns whether a mark is set in <see cref="WriteVector"/>.</summary>
    public bool GetBit(string Replica) => WriteMarks.Contains(WriteVector, Replica);

    /// <summary>Sets or removes a mark in <see cref="WriteVector"/>, and returns whether it is set now.</summary>
    public bool FlipBit(string Replica)
    {
        WriteVector = WriteMarks.Flip(WriteVector, Replica);
        return GetBit(Replica);
    }
}
