using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>A call of a method that returns <c>Task&lt;TResult&gt;</c> or <c>ValueTask&lt;TResult&gt;</c>.</summary>
/// <typeparam name="TResult">What the task yields.</typeparam>
public abstract class GrainCall<TResult> : GrainCall, IValueTaskSource<TResult>
{
    private TaskCompletionSource<TResult>? _promise;
    private TResult _result = default!;

    /// <summary>Calls the method on <paramref name="target"/>, an object that implements the interface.</summary>
    protected abstract ValueTask<TResult> Invoke(object target);

    /// <summary>The promise without a task: the call itself, for one await. Before the call is sent.</summary>
    internal ValueTask<TResult> Promise => new(this, Stamp);

    /// <summary>Creates the promise as a task. Continuations run on their own scheduler or on the pool, never inside the callee or a receive loop.</summary>
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
        if (_promise is not { } promise)
        {
            Settle();
            return;
        }

        if (ThrownToCaller is not { } thrown) promise.TrySetResult(_result);
        else if (IsCancellation(thrown)) promise.TrySetCanceled(((OperationCanceledException)thrown).CancellationToken);
        else promise.TrySetException(thrown);

        // The caller has the task and does not know the call.
        Recycle();
    }

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => StatusOf(token);

    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => Await(continuation, state, token, flags);

    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        Consume(token);
        var thrown = ThrownToCaller;
        var result = _result;
        Recycle();
        if (thrown is not null) ExceptionDispatchInfo.Throw(thrown);
        return result;
    }

    private protected override void ForgetResult()
    {
        _promise = null;
        _result = default!;
    }
}
