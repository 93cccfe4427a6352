using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>A call of a method that returns <c>Task</c>, <c>ValueTask</c> or <c>void</c>.</summary>
public abstract class VoidGrainCall : GrainCall
{
    private TaskCompletionSource? _promise;

    /// <summary>Calls the method on <paramref name="target"/>, an object that implements the interface.</summary>
    protected abstract ValueTask Invoke(object target);

    /// <summary>Creates the promise. Continuations run on their own scheduler or on the pool, never inside the callee or a receive loop.</summary>
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
        if (_promise is not { } promise) return;
        if (Exception is null) promise.TrySetResult();
        else if (Exception.GetType() is var type && (type == typeof(OperationCanceledException) || type == typeof(TaskCanceledException))) promise.TrySetCanceled(((OperationCanceledException)Exception).CancellationToken);
        else promise.TrySetException(Exception);
    }
}
