using Orleans.Runtime;

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
    protected Task<TResult> Call<TResult>(GrainCall<TResult> call)
    {
        var task = call.Begin();
        call.Address(Target, Key);
        Target.Sender.Send(call);
        return task;
    }

    /// <summary>Sends a call and returns the task of its end.</summary>
    protected Task Call(VoidGrainCall call)
    {
        var task = call.Begin();
        call.Address(Target, Key);
        Target.Sender.Send(call);
        return task;
    }

    /// <summary>Sends a call and returns the task of its result.</summary>
    protected ValueTask<TResult> CallValue<TResult>(GrainCall<TResult> call) => new(Call(call));

    /// <summary>Sends a call and returns the task of its end.</summary>
    protected ValueTask CallValue(VoidGrainCall call) => new(Call(call));

    /// <summary>Sends a call that has no answer.</summary>
    protected void CallOneWay(VoidGrainCall call)
    {
        call.Address(Target, Key);
        Target.Sender.Send(call);
    }

    /// <summary>Returns a sequence that sends the call when it is enumerated, once for each enumeration.</summary>
    protected IAsyncEnumerable<TItem> CallStream<TItem>(StreamGrainCall<TItem> call)
    {
        call.Address(Target, Key);
        return new RemoteSequence<TItem>(call);
    }
}
