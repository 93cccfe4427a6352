using Orleans.Runtime;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>Takes a call on its way: to an activation in this process or to another silo. One per silo or client.</summary>
public interface ICallSender
{
    /// <summary>The codecs of the silo or client that calls are made in.</summary>
    ICodecProvider Codecs { get; }

    /// <summary>
    /// Sends a call that knows its target. Argument isolation has happened when this returns: the caller may change what it passed.
    /// Failures to send complete the call with an exception instead of being thrown.
    /// </summary>
    void Send(GrainCall call);

    /// <summary>A call that was made while its latency was being measured is complete.</summary>
    void NoteCompleted(GrainCall call);

    /// <summary>Returns a reference to the same grain through another interface.</summary>
    object Cast(GrainReference reference, Type interfaceType);
}
