using Orleans.Runtime;

namespace OrleansShop.Engine.Calls;

/// <summary>Decides where a call runs: here, on another silo, or later when that is known.</summary>
internal interface ICallRouter
{
    /// <summary>
    /// Takes a call on. When this returns, the call has been handed to the local catalog, its arguments are on the wire, or
    /// <see cref="GrainCall.IsolateArguments"/> has been called and the call waits for its owner. Failures become the
    /// call's outcome; this does not throw.
    /// </summary>
    void Route(GrainCall call);

    /// <summary>Tells the other process that the caller of an outstanding remote call has cancelled it. May do nothing.</summary>
    void Cancel(GrainCall call);

    /// <summary>Whether this silo owns the grain now; a new activation is made only if it does.</summary>
    bool IsMine(GrainId grainId);
}
