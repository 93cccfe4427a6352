namespace OrleansShop.Engine.Calls;

/// <summary>The base of generated grain references: a grain id and the way to send it calls. Costs nothing to hold.</summary>
public abstract class GeneratedReference : Orleans.Runtime.GrainReference
{
    /// <summary>Creates a reference to the grain with <paramref name="key"/>.</summary>
    protected GeneratedReference(ReferenceTarget target, Orleans.Runtime.IdSpan key)
        : base(target, key)
    {
    }

    /// <summary>Sends a call and returns the task of its result.</summary>
    protected Task<TResult> Call<TResult>(GrainCall<TResult> call) => throw new NotImplementedException();

    /// <summary>Sends a call and returns the task of its end.</summary>
    protected Task Call(VoidGrainCall call) => throw new NotImplementedException();

    /// <summary>Sends a call and returns the task of its result.</summary>
    protected ValueTask<TResult> CallValue<TResult>(GrainCall<TResult> call) => throw new NotImplementedException();

    /// <summary>Sends a call and returns the task of its end.</summary>
    protected ValueTask CallValue(VoidGrainCall call) => throw new NotImplementedException();

    /// <summary>Sends a call that has no answer.</summary>
    protected void CallOneWay(VoidGrainCall call) => throw new NotImplementedException();

    /// <summary>Returns a sequence that sends the call when it is enumerated.</summary>
    protected IAsyncEnumerable<TItem> CallStream<TItem>(StreamGrainCall<TItem> call) => throw new NotImplementedException();
}

/// <summary>What all references of one interface to grains of one type share.</summary>
/// <param name="GrainType">The type of the grains.</param>
/// <param name="Interface">The interface of the references.</param>
/// <param name="Sender">Where calls go.</param>
public sealed record ReferenceTarget(Orleans.Runtime.GrainType GrainType, Orleans.Runtime.GrainInterfaceType Interface, ICallSender Sender);

/// <summary>Takes a call on its way: to an activation in this process or to another silo.</summary>
public interface ICallSender
{
    /// <summary>
    /// Sends a call. Argument isolation has happened when this returns: the caller may change what it passed.
    /// Failures to send complete the call with an exception instead of being thrown.
    /// </summary>
    void Send(GeneratedReference target, GrainCall call);
}
