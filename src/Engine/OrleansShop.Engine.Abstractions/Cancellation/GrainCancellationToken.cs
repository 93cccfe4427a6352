using Orleans.Runtime;
using OrleansShop.Engine.Cancellation;

namespace Orleans;

/// <summary>
/// A cancellation token that a grain method takes as a parameter and that a <see cref="GrainCancellationTokenSource"/> cancels, in this process or another. Each
/// grain that is given it has one of its own, whose callbacks run in that grain's turns, and may pass it on.
/// </summary>
public sealed class GrainCancellationToken : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    // Guards the field below it.
    private readonly Lock _gate = new();
    private Dictionary<GrainId, GrainReference>? _receivers;

    private volatile bool _isDisposed;

    internal GrainCancellationToken(Guid id, bool isCancelled)
    {
        Id = id;
        CancellationToken = _source.Token;
        if (isCancelled) _source.Cancel();
    }

    /// <summary>The token that is cancelled with this one.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The same for all that come of one source.</summary>
    internal Guid Id { get; }

    internal bool IsCancellationRequested => CancellationToken.IsCancellationRequested;

    internal bool IsDisposed => _isDisposed;

    /// <summary>The grain that was given it; null where its source is. Set once, before anybody else can find the token.</summary>
    internal IGrainContext? Holder { get; set; }

    /// <summary>Lets go of the callbacks. The token is not told any more of being cancelled.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _source.Dispose();
    }

    /// <summary>A grain is about to be given the token. Before the token is copied or written: what is cancelled after this finds the grain, and what was before shows in the copy.</summary>
    internal void PassTo(GrainReference receiver)
    {
        lock (_gate) (_receivers ??= [])[receiver.GrainId] = receiver;
    }

    /// <summary>Cancels the token here and in those that were given it from here. The callbacks run before this returns.</summary>
    internal Task CancelAsync()
    {
        List<Exception> failures = [];
        try
        {
            if (!_isDisposed) _source.Cancel();
        }
        catch (AggregateException thrown)
        {
            failures.AddRange(thrown.Flatten().InnerExceptions);
        }

        GrainReference[] receivers;
        lock (_gate) receivers = _receivers is null ? [] : [.. _receivers.Values];
        return receivers.Length == 0 && failures.Count == 0 ? Task.CompletedTask : TellAll(receivers, failures);
    }

    private async Task TellAll(GrainReference[] receivers, List<Exception> failures)
    {
        // All are told at the same time, and each of them, whatever becomes of the others.
        foreach (var telling in receivers.Select(Tell).ToList())
        {
            try
            {
                await telling;
            }
            catch (AggregateException ofReceiver)
            {
                failures.AddRange(ofReceiver.Flatten().InnerExceptions);
            }
#pragma warning disable CA1031 // Whatever keeps one grain from being told goes to the caller, with what keeps the others.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failures.Add(failure);
            }
        }

        if (failures.Count != 0) throw new AggregateException(failures);
    }

    private async Task Tell(GrainReference receiver)
    {
        try
        {
            await receiver.AsReference<IGrainCancellationExtension>().Cancel(Id);
        }
        catch (ClientNotAvailableException)
        {
            // An observer that is gone has nothing to cancel.
        }

        lock (_gate) _receivers!.Remove(receiver.GrainId);
    }
}
