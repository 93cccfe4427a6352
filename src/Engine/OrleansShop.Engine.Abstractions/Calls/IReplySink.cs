namespace OrleansShop.Engine.Calls;

/// <summary>Takes the answers to calls that came from another process.</summary>
internal interface IReplySink
{
    /// <summary>
    /// Sends the outcome of a call that came through here: its <see cref="GrainCall.Exception"/> if that is set, else its result.
    /// Called exactly once for each call that is not one-way, from any thread; must not throw and must not wait.
    /// </summary>
    void Reply(GrainCall call);
}
