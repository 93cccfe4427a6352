namespace OrleansShop.Engine.Calls;

/// <summary>Runs calls, one turn after the other: an activation, or an observer object.</summary>
internal interface ICallRunner
{
    /// <summary>The call has its outcome. Called in a turn of the runner.</summary>
    void Ended(GrainCall call);

    /// <summary>The sequences that callers are reading from this runner.</summary>
    SequenceTable Sequences { get; }
}
