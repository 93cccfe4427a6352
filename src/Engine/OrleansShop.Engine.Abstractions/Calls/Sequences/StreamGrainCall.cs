using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>
/// A call of a method that returns <c>IAsyncEnumerable&lt;TItem&gt;</c>. It opens a cursor at the callee and brings back the first
/// batch; <see cref="SequencePull"/> brings the others.
/// </summary>
/// <typeparam name="TItem">What the sequence yields.</typeparam>
public abstract class StreamGrainCall<TItem> : GrainCall, ISizedBatches
{
    private int _batchSize = SequenceBatch<TItem>.DefaultSize;
    private TaskCompletionSource<SequenceBatch<TItem>>? _promise;
    private SequenceBatch<TItem> _batch;

    /// <summary>Creates the call. It runs beside the grain's other requests: between two batches it would otherwise lock them out.</summary>
    protected StreamGrainCall() => Flags = CallFlags.AlwaysInterleave;

    /// <summary>Calls the method on <paramref name="target"/>, an object that implements the interface.</summary>
    protected abstract IAsyncEnumerable<TItem> Invoke(object target);

    /// <summary>How many items that are there without waiting come back at once.</summary>
    internal int BatchSize
    {
        get => _batchSize;
        set
        {
            _batchSize = value;
            Flags |= CallFlags.SizedBatches;
        }
    }

    int ISizedBatches.BatchSize
    {
        get => BatchSize;
        set => BatchSize = value;
    }

    /// <summary>A call with the same arguments for one more enumeration.</summary>
    internal StreamGrainCall<TItem> Fresh()
    {
        var fresh = (StreamGrainCall<TItem>)MemberwiseClone();
        fresh._promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return fresh;
    }

    internal Task<SequenceBatch<TItem>> Result => _promise!.Task;

    internal sealed override object? ResultObject
    {
        get => _batch;
        set => _batch = (SequenceBatch<TItem>)value!;
    }

    internal sealed override void Run(object target, ICallRunner runner) => _ = RunToEnd(target, runner);

    internal sealed override async ValueTask RunFiltered(object target, ICallRunner runner)
    {
        var cursor = runner.Sequences.Open(Method, CodecOf<TItem>());
        CancellationToken = cursor.Cancellation;
        cursor.Start(Invoke(target));
        _batch = await cursor.PullAsync(BatchSize);
    }

    internal sealed override void CopyResult() => _batch = _batch.Copy(Target.Sender.Codecs);

    internal sealed override void WriteResult(PayloadWriter writer) => _batch.Write(writer, CodecOf<TItem>());

    internal sealed override void ReadResult(PayloadReader reader) => _batch = SequenceBatch<TItem>.Read(reader, CodecOf<TItem>());

    internal sealed override void CompletePromise()
    {
        if (_promise is not { } promise) return;
        if (ThrownToCaller is { } thrown) promise.TrySetException(thrown);
        else promise.TrySetResult(_batch);
    }
}
