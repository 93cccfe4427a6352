using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>
/// Asks for the next items of a cursor. The callee's process does not need to know their type to create it: the cursor does
/// (<see cref="SequencePull{TItem}"/> is what the caller creates).
/// </summary>
internal class SequencePull : GrainCall
{
    private ISequenceCursor? _cursor;

    public SequencePull() => Flags = CallFlags.System | CallFlags.ForRunner;

    public long CursorId { get; set; }

    public int BatchSize { get; set; }

    /// <summary>Cancels the grain's enumerator when the reader cancels.</summary>
    public sealed override CancellationToken CancellationToken { get; set; }

    public sealed override GrainMethod Method => ISequenceExtension.Pull;

    public sealed override void WriteArguments(PayloadWriter writer)
    {
        writer.WriteInt64(0, CursorId);
        writer.WriteInt32(1, BatchSize);
    }

    public sealed override void ReadArguments(PayloadReader reader)
    {
        uint id = 0;
        while (true)
        {
            if (!reader.TryReadField(out var tag)) return;
            id += tag.IdDelta;
            switch (id)
            {
                case 0: CursorId = reader.ReadInt64(tag); break;
                case 1: BatchSize = reader.ReadInt32(tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public sealed override void CopyArguments(CopyContext context)
    {
    }

    internal override object? ResultObject
    {
        get => null;
        set { }
    }

    internal sealed override void Run(object target, ICallRunner runner) => _ = RunToEnd(target, runner);

    internal sealed override async ValueTask RunFiltered(object target, ICallRunner runner)
    {
        _cursor = runner.Sequences.Find(CursorId);
        await _cursor.FillAsync(this);
    }

    /// <summary>Takes the batch that the cursor produced, when caller and callee share a process.</summary>
    internal virtual bool TryTake<T>(SequenceBatch<T> batch) => false;

    internal override void CopyResult()
    {
    }

    internal override void WriteResult(PayloadWriter writer) => _cursor!.WriteLast(writer);

    internal override void ReadResult(PayloadReader reader) => throw new InvalidOperationException("Only the caller's form of this call reads a result.");

    internal override void CompletePromise()
    {
    }
}

/// <summary>The caller's form of a pull: it knows the items' type.</summary>
internal sealed class SequencePull<TItem> : SequencePull
{
    private readonly TaskCompletionSource<SequenceBatch<TItem>> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SequenceBatch<TItem> _batch;

    public Task<SequenceBatch<TItem>> Result => _promise.Task;

    internal override object? ResultObject
    {
        get => _batch;
        set => _batch = (SequenceBatch<TItem>)value!;
    }

    internal override bool TryTake<T>(SequenceBatch<T> batch)
    {
        if (batch is not SequenceBatch<TItem> mine) return false;
        _batch = mine;
        return true;
    }

    internal override void CopyResult() => _batch = _batch.Copy(Target.Sender.Codecs);

    internal override void ReadResult(PayloadReader reader) => _batch = SequenceBatch<TItem>.Read(reader, CodecOf<TItem>());

    internal override void CompletePromise()
    {
        if (ThrownToCaller is { } thrown) _promise.TrySetException(thrown);
        else _promise.TrySetResult(_batch);
    }
}
