using System.Diagnostics;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Context;

namespace OrleansShop.Engine.Calls;

/// <summary>The base of generated grain references: a grain id and the way to send it calls. Costs nothing to hold.</summary>
public abstract class GeneratedReference : GrainReference
{
    /// <summary>Creates a reference to the grain with <paramref name="key"/>.</summary>
    protected GeneratedReference(ReferenceTarget target, IdSpan key)
        : base(target, key)
    {
    }

    /// <summary>Sends a call and returns the task of its result.</summary>
    /// <remarks>
    /// In a turn the task is a promise of its own, which resumes the turn without a way through the pool. Elsewhere the call is the
    /// promise, and the task is all that is allocated.
    /// </remarks>
    protected Task<TResult> Call<TResult>(GrainCall<TResult> call)
    {
        if (CurrentActivation.Context is null) return CallValue(call).AsTask();
        var task = call.Begin();
        Send(call);
        return task;
    }

    /// <summary>Sends a call and returns the task of its end.</summary>
    protected Task Call(VoidGrainCall call)
    {
        if (CurrentActivation.Context is null) return CallValue(call).AsTask();
        var task = call.Begin();
        Send(call);
        return task;
    }

    /// <summary>Sends a call and returns the promise of its result, which is the call itself.</summary>
    protected ValueTask<TResult> CallValue<TResult>(GrainCall<TResult> call)
    {
        var promise = call.Promise;
        Send(call);
        return promise;
    }

    /// <summary>Sends a call and returns the promise of its end, which is the call itself.</summary>
    protected ValueTask CallValue(VoidGrainCall call)
    {
        Debug.Assert((call.Method.Traits & GrainMethodTraits.OneWay) == 0, "A call without an answer was sent as one that has one.");
        var promise = call.Promise;
        Send(call);
        return promise;
    }

    /// <summary>Sends a call that has no answer.</summary>
    protected void CallOneWay(VoidGrainCall call) => Send(call);

    /// <summary>Returns a sequence that sends the call when it is enumerated, once for each enumeration.</summary>
    protected IAsyncEnumerable<TItem> CallStream<TItem>(StreamGrainCall<TItem> call)
    {
        call.Address(Target, Key);
        return new RemoteSequence<TItem>(call);
    }

    /// <summary>The argument for a <see cref="GrainCancellationToken"/> parameter: the token, which knows from now on that the grain has been given it.</summary>
    protected GrainCancellationToken? Pass(GrainCancellationToken? token)
    {
        token?.PassTo(this);
        return token;
    }

    private void Send(GrainCall call)
    {
        call.Address(Target, Key);
        Target.Sender.Send(call);
    }
}
