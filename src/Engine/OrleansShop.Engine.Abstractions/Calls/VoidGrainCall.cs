using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>A call of a method that returns <c>Task</c>, <c>ValueTask</c> or <c>void</c>.</summary>
public abstract class VoidGrainCall : GrainCall, IValueTaskSource
{
    private TaskCompletionSource? _promise;

    /// <summary>Calls the method on <paramref name="target"/>, an object that implements the interface.</summary>
    protected abstract ValueTask Invoke(object target);

    /// <summary>The promise without a task: the call itself, for one await. Before the call is sent.</summary>
    internal ValueTask Promise => new(this, Stamp);

    /// <summary>Creates the promise as a task. Continuations run on their own scheduler or on the pool, never inside the callee or a receive loop.</summary>
    internal Task Begin()
    {
        if ((Method.Traits & GrainMethodTraits.OneWay) != 0) return Task.CompletedTask;
        return (_promise = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    internal sealed override object? ResultObject
    {
        get => null;
        set { }
    }

    internal sealed override void Run(object target, ICallRunner runner)
    {
        try
        {
            var task = Invoke(target);
            if (!task.IsCompleted)
            {
                _ = RunOn(task, runner);
                return;
            }

            task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            Exception = e;
        }

        runner.Ended(this);
    }

    // The task that this returns is never observed and never fails: everything ends in Ended.
    private async Task RunOn(ValueTask task, ICallRunner runner)
    {
        try
        {
            await task;
        }
        catch (Exception e)
        {
            Exception = e;
        }

        runner.Ended(this);
    }

    internal sealed override ValueTask RunFiltered(object target, ICallRunner runner) => Invoke(target);

    internal sealed override void CopyResult()
    {
    }

    internal sealed override void WriteResult(PayloadWriter writer)
    {
    }

    internal sealed override void ReadResult(PayloadReader reader)
    {
        while (true)
        {
            if (!reader.TryReadField(out var tag)) return;
            reader.Skip(tag);
        }
    }

    internal sealed override void CompletePromise()
    {
        if (_promise is not { } promise)
        {
            Settle();
            return;
        }

        if (ThrownToCaller is not { } thrown) promise.TrySetResult();
        else if (IsCancellation(thrown)) promise.TrySetCanceled(((OperationCanceledException)thrown).CancellationToken);
        else promise.TrySetException(thrown);

        // The caller has the task and does not know the call.
        Recycle();
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => StatusOf(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => Await(continuation, state, token, flags);

    void IValueTaskSource.GetResult(short token)
    {
        Consume(token);
        var thrown = ThrownToCaller;
        Recycle();
        if (thrown is not null) ExceptionDispatchInfo.Throw(thrown);
    }

    private protected override void ForgetResult()
    {
        _promise = null;
    }
}
