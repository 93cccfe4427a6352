namespace OrleansShop.Engine.Calls;

/// <summary>Reads a grain's sequence, one batch a call. Nothing is asked for before the items at hand are used up.</summary>
internal sealed class RemoteEnumerator<TItem> : IAsyncEnumerator<TItem>
{
    private readonly StreamGrainCall<TItem> _opening;
    private readonly CancellationTokenSource? _linked;
    private readonly CancellationToken _cancellation;
    private SequenceBatch<TItem> _batch;
    private ReferenceTarget? _extension;
    private int _index = -1;
    private bool _opened;
    private bool _ended;

    public RemoteEnumerator(StreamGrainCall<TItem> opening, CancellationToken cancellationToken)
    {
        _opening = opening;
        _cancellation = cancellationToken;
        var own = opening.CancellationToken;
        if (own.CanBeCanceled && cancellationToken.CanBeCanceled)
        {
            _linked = CancellationTokenSource.CreateLinkedTokenSource(own, cancellationToken);
            _cancellation = _linked.Token;
        }
        else if (own.CanBeCanceled)
        {
            _cancellation = own;
        }
    }

    public TItem Current => _batch.Items[_index];

    public async ValueTask<bool> MoveNextAsync()
    {
        if (_opened && ++_index < _batch.Items.Count) return true;
        while (!_ended)
        {
            _cancellation.ThrowIfCancellationRequested();
            _batch = await NextBatch();
            _index = 0;
            _ended = _batch.IsLast;
            if (_batch.Items.Count != 0) return true;
        }

        return false;
    }

    private async Task<SequenceBatch<TItem>> NextBatch()
    {
        try
        {
            if (_opened)
            {
                var pull = new SequencePull<TItem> { CursorId = _batch.CursorId, BatchSize = _opening.BatchSize, CancellationToken = _cancellation };
                SendToExtension(pull);
                return await pull.Result;
            }

            _opening.CancellationToken = _cancellation;
            _opening.Target.Sender.Send(_opening);
            var first = await _opening.Result;
            _opened = true;
            return first;
        }
        catch
        {
            // The callee has closed the cursor, or lost it.
            _ended = true;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_opened && !_ended)
        {
            _ended = true;
            var close = new SequenceClose { CursorId = _batch.CursorId };
            var closed = close.Begin();
            SendToExtension(close);
            await closed;
        }

        _linked?.Dispose();
    }

    private void SendToExtension(GrainCall call)
    {
        var target = _opening.Target;
        call.Address(_extension ??= new ReferenceTarget(target.GrainType, ISequenceExtension.InterfaceType, target.Sender), _opening.Key);
        target.Sender.Send(call);
    }
}
