namespace OrleansShop.Engine.Calls;

/// <summary>A scheduler of turns to which the answer to a call comes back, if the call was awaited in one of them.</summary>
internal interface IResumesCalls
{
    /// <summary>Runs <see cref="GrainCall.Resume"/> in a turn. From any thread; allocates nothing.</summary>
    void Resume(GrainCall answered);
}
