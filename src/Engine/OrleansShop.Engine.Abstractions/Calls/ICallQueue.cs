namespace OrleansShop.Engine.Calls;

/// <summary>Where calls wait for their turn.</summary>
internal interface ICallQueue
{
    /// <summary>Ends a call that nobody waits for any more, if it still waits here. From any thread.</summary>
    void Forget(GrainCall call);
}
