using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>Enumerates a sequence, batch by batch. Runs in the turns of the activation that the sequence belongs to.</summary>
/// <remarks>
/// A pull waits for the first item only for a while and then answers empty, so that a slow sequence is not a timeout. The step
/// that it waited for goes on and is picked up by the next pull.
/// </remarks>
internal sealed class SequenceCursor<TItem>(SequenceTable table, long id, Codec<TItem> codec, TimeSpan longestWait) : ISequenceCursor
{
    private readonly CancellationTokenSource _cancellation = new();
    private IAsyncEnumerator<TItem> _enumerator = null!;
    private Task<bool>? _step;
    private Exception? _fault;
    private SequenceBatch<TItem> _last;

    public CancellationToken Cancellation => _cancellation.Token;

    public long LastUsedMs { get; private set; } = long.MaxValue;

    public void Start(IAsyncEnumerable<TItem> sequence) => _enumerator = sequence.GetAsyncEnumerator(_cancellation.Token);

    public async ValueTask FillAsync(SequencePull pull)
    {
        if (LastUsedMs == long.MaxValue) throw new InvalidOperationException("The sequence is being read by another pull; one enumerator has one reader.");
        var cancelled = pull.CancellationToken.CanBeCanceled ? pull.CancellationToken.Register(static source => ((CancellationTokenSource)source!).Cancel(), _cancellation) : default;
        using (cancelled) pull.TryTake(await PullAsync(pull.BatchSize));
    }

    public async ValueTask<SequenceBatch<TItem>> PullAsync(int most)
    {
        LastUsedMs = long.MaxValue;
        try
        {
            return _last = await ReadAsync(Math.Max(most, 1));
        }
        catch
        {
            await table.CloseAsync(id);
            throw;
        }
        finally
        {
            LastUsedMs = table.NowMs;
        }
    }

    private async ValueTask<SequenceBatch<TItem>> ReadAsync(int most)
    {
        if (_fault is { } fault) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        var items = new List<TItem>();
        var step = _step ?? _enumerator.MoveNextAsync().AsTask();
        _step = null;
        if (!step.IsCompleted && !await EndedInTime(step))
        {
            _step = step;
            return new(id, items, IsLast: false);
        }

        while (true)
        {
            try
            {
                if (!await step)
                {
                    await table.CloseAsync(id);
                    return new(id, items, IsLast: true);
                }
            }
            catch (Exception e) when (items.Count != 0)
            {
                // The items before the failure come first; the next pull throws it.
                _fault = e;
                return new(id, items, IsLast: false);
            }

            items.Add(_enumerator.Current);
            if (items.Count == most) return new(id, items, IsLast: false);
            step = _enumerator.MoveNextAsync().AsTask();
            if (step.IsCompleted) continue;

            // Only what is there without waiting goes into one batch.
            _step = step;
            return new(id, items, IsLast: false);
        }
    }

    private async Task<bool> EndedInTime(Task<bool> step)
    {
        using var stop = new CancellationTokenSource();
        var ended = await Task.WhenAny(step, Task.Delay(longestWait, table.Time, stop.Token)) == step;
        await stop.CancelAsync();
        return ended;
    }

    public void WriteLast(PayloadWriter writer) => _last.Write(writer, codec);

    public async ValueTask CloseAsync()
    {
        await _cancellation.CancelAsync();
        try
        {
            if (_step is { } step) await step;
        }
        catch (Exception)
        {
            // The reader has gone: what the step that it no longer waits for throws has nobody to go to.
        }

        if (_enumerator is not null) await _enumerator.DisposeAsync();
        _cancellation.Dispose();
    }
}
