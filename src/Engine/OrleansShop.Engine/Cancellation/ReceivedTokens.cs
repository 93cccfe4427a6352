using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Cancellation;

/// <summary>
/// The grain cancellation tokens that activations and observers of this process have been given, held weakly; and those that were cancelled, because
/// the call that brings a token may come after the news that it is cancelled.
/// </summary>
internal sealed class ReceivedTokens
{
    /// <summary>How many cancelled tokens are remembered; the oldest go first.</summary>
    public const int MostRemembered = 10_000;

    private const int FewestToPrune = 1000;

    // Guards the fields below it.
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId Grain, Guid Token), List<WeakReference<GrainCancellationToken>>> _held = [];
    private readonly HashSet<(GrainId Grain, Guid Token)> _cancelled = [];
    private readonly Queue<(GrainId Grain, Guid Token)> _cancelledInOrder = new();
    private int _pruneAt = FewestToPrune;

    /// <summary>How many tokens of how many grains are known, those included that nobody holds any more and that are not pruned yet.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _held.Count;
        }
    }

    /// <summary>How many of them somebody holds. Slow: looks at each.</summary>
    public int LiveCount
    {
        get
        {
            lock (_gate) return _held.Values.Sum(static holders => holders.Count(static holder => holder.TryGetTarget(out _)));
        }
    }

    /// <summary>Takes a token that a call has brought to an activation. Returns the one that the activation has already, if there is one.</summary>
    public GrainCancellationToken Receive(IGrainContext activation, GrainCancellationToken token)
    {
        if (token.IsCancellationRequested) return token;
        var key = (activation.GrainId, token.Id);
        lock (_gate)
        {
            if (_held.TryGetValue(key, out var holders))
            {
                foreach (var holder in holders)
                {
                    if (holder.TryGetTarget(out var known) && ReferenceEquals(known.Holder, activation) && !known.IsDisposed) return known;
                }
            }

            if (_cancelled.Contains(key)) return new GrainCancellationToken(token.Id, isCancelled: true);
            token.Holder = activation;
            if (holders is null)
            {
                Prune();
                _held[key] = holders = [];
            }

            holders.RemoveAll(static holder => !holder.TryGetTarget(out _));
            holders.Add(new(token));
        }

        return token;
    }

    /// <summary>Cancels the tokens with this id that a grain has here, each in a turn of its activation. Completes when all that is to be told has been told.</summary>
    /// <exception cref="AggregateException">What callbacks have thrown, and why others could not be told.</exception>
    public async Task Cancel(GrainId grain, Guid id)
    {
        var cancelling = new List<Task>();
        lock (_gate)
        {
            Remember((grain, id));
            if (_held.TryGetValue((grain, id), out var holders))
            {
                foreach (var holder in holders)
                {
                    if (holder.TryGetTarget(out var token)) cancelling.Add(CancelInTurn(token));
                }
            }
        }

        await AllEnded(cancelling);
    }

    /// <summary>Waits for all, and throws what any of them has thrown.</summary>
    public static async Task AllEnded(IEnumerable<Task> cancelling)
    {
        var all = Task.WhenAll(cancelling);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (all.Exception is { } failures) throw failures.Flatten();
    }

    // Queued, and not run here: the activation may be another than the one that was told, and callbacks run outside of the lock.
    private static Task CancelInTurn(GrainCancellationToken token) => Task.Factory.StartNew(
        static token => ((GrainCancellationToken)token!).CancelAsync(), token, CancellationToken.None, TaskCreationOptions.DenyChildAttach, (TaskScheduler)token.Holder!).Unwrap();

    // Under the lock.
    private void Remember((GrainId Grain, Guid Token) key)
    {
        if (!_cancelled.Add(key)) return;
        if (_cancelledInOrder.Count == MostRemembered) _cancelled.Remove(_cancelledInOrder.Dequeue());
        _cancelledInOrder.Enqueue(key);
    }

    // Under the lock. Looks at all each time that there are twice as many as were left the last time.
    private void Prune()
    {
        if (_held.Count < _pruneAt) return;
        foreach (var (key, holders) in _held)
        {
            if (holders.TrueForAll(static holder => !holder.TryGetTarget(out _))) _held.Remove(key);
        }

        _pruneAt = Math.Max(FewestToPrune, 2 * _held.Count);
    }
}
