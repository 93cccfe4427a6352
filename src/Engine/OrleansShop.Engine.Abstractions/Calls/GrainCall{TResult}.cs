using System.Runtime.CompilerServices;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>A call of a method that returns <c>Task&lt;TResult&gt;</c> or <c>ValueTask&lt;TResult&gt;</c>.</summary>
/// <typeparam name="TResult">What the task yields.</typeparam>
public abstract class GrainCall<TResult> : GrainCall
{
    private TaskCompletionSource<TResult>? _promise;
    private TResult _result = default!;

    /// <summary>Calls the method on <paramref name="target"/>, an object that implements the interface.</summary>
    protected abstract ValueTask<TResult> Invoke(object target);

    /// <summary>Creates the promise. Continuations run on their own scheduler or on the pool, never inside the callee or a receive loop.</summary>
    internal Task<TResult> Begin() => (_promise = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    internal sealed override object? ResultObject
    {
        get => _result;
        set => _result = (TResult)value!;
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

            _result = task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            Exception = e;
        }

        runner.Ended(this);
    }

    // The task that this returns is never observed and never fails: everything ends in Ended.
    private async Task RunOn(ValueTask<TResult> task, ICallRunner runner)
    {
        try
        {
            _result = await task;
        }
        catch (Exception e)
        {
            Exception = e;
        }

        runner.Ended(this);
    }

    internal sealed override async ValueTask RunFiltered(object target, ICallRunner runner) => _result = await Invoke(target);

    internal sealed override void CopyResult()
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<TResult>() || _result is null) return;
        var codec = CodecOf<TResult>();
        if (codec.IsImmutable) return;
        using var context = CopyContext.Rent(Target.Sender.Codecs);
        _result = codec.Copy(_result, context);
    }

    internal sealed override void WriteResult(PayloadWriter writer) => CodecOf<TResult>().WriteField(writer, 0, _result);

    internal sealed override void ReadResult(PayloadReader reader)
    {
        while (true)
        {
            if (!reader.TryReadField(out var tag)) return;

            // Field 0 is the result; anything else is from a newer version.
            if (tag.IdDelta == 0) _result = CodecOf<TResult>().ReadField(reader, tag);
            else reader.Skip(tag);
        }
    }

    internal sealed override void CompletePromise()
    {
        if (_promise is not { } promise) return;
        if (Exception is null) promise.TrySetResult(_result);
        else if (Exception.GetType() is var type && (type == typeof(OperationCanceledException) || type == typeof(TaskCanceledException))) promise.TrySetCanceled(((OperationCanceledException)Exception).CancellationToken);
        else promise.TrySetException(Exception);
    }
}
