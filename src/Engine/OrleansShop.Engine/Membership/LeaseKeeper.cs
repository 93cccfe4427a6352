using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership.Protocol;

namespace OrleansShop.Engine.Membership;

/// <summary>
/// Renews this silo's lease in the membership table, and ends it when it is refused. The decisions are
/// <see cref="OwnLease"/>'s; this sends its attempts, without waiting for one before the next, and tells it what came of them.
/// </summary>
internal sealed partial class LeaseKeeper(
    IViewTable table, SiloAddress self, SiloLease lease, ClusteringOptions options, TimeProvider time, ILogger<LeaseKeeper> logger) : IDisposable
{
    private readonly LeaseTerms _terms = new(options.LeaseDuration, options.HeartbeatPeriod);
    private readonly Channel<Func<OwnLease, OwnLease>> _news = Channel.CreateUnbounded<Func<OwnLease, OwnLease>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _origin = time.GetTimestamp();
    private Task _loop = Task.CompletedTask;
    private int _failures;
    private bool _hasRunOut;
    private long _ranOutAt;

    /// <summary>What this silo has acknowledged and drained now; null before its first view.</summary>
    public Func<Acknowledgement?> Acknowledged { get; set; } = static () => null;

    /// <summary>Completes when the lease runs for the first time; fails if it never does.</summary>
    public Task Held => _held.Task;

    private TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Begins to renew. The silo's row is there.</summary>
    public void Start() => _loop = Keep(_stopping.Token);

    /// <summary>Gives the lease up: nothing that needs it runs any more, and the row is about to say so.</summary>
    public async Task Leave()
    {
        if (!lease.IsOver)
            lease.Release();
        _news.Writer.TryWrite(static state => state.Leave());
        await _loop;
    }

    /// <summary>Stops renewing. What is held runs out.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await _loop;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task Keep(CancellationToken cancellationToken)
    {
        // A silo that could not drain ends it from outside.
        lease.Ended += () => _news.Writer.TryWrite(static state => state);
        var state = OwnLease.Start(_terms, Now);
        while (!cancellationToken.IsCancellationRequested && !lease.IsOver)
        {
            while (_news.Reader.TryRead(out var news))
                state = news(state);
            (state, var due) = state.Look(Now);
            if (state.Phase > LeasePhase.RanOut)
                break;
            if (state.Phase == LeasePhase.Held)
                Extend(state.EndsAt);
            else if (state.Phase == LeasePhase.RanOut)
                NoteRanOut();
            if (due is { } attempt)
                _ = Renew(attempt, cancellationToken);
            await PauseUntil(state.NextLook, cancellationToken);
        }

        End(state.Phase);
    }

    private void Extend(TimeSpan endsAt)
    {
        lease.RunUntil(_origin + (long)(endsAt.TotalSeconds * time.TimestampFrequency));
        _held.TrySetResult();
        if (!_hasRunOut)
            return;
        _hasRunOut = false;
        LogRegained(self, time.GetElapsedTime(_ranOutAt));
    }

    private void NoteRanOut()
    {
        // The look was made at its end: whoever runs turns finds the same by the clock.
        lease.HasRunOut();
        if (_hasRunOut)
            return;
        _hasRunOut = true;
        _ranOutAt = time.GetTimestamp();
        LogRanOut(self, _terms.Duration);
    }

    private void End(LeasePhase phase)
    {
        if (phase == LeasePhase.Refused)
        {
            LogRefused(self);
            lease.End();
        }

        _held.TrySetException(new OrleansException($"Silo {self} has not got its lease in the membership table: {phase}."));
        _ = _held.Task.Exception;
    }

    private async Task Renew(LeaseAttempt attempt, CancellationToken cancellationToken)
    {
        // An answer that takes longer than the lease is of no use.
        using var patience = new CancellationTokenSource(_terms.Duration, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var row = await table.Renew(new(self, attempt.Expected, attempt.Nonce, Acknowledged()), either.Token);
            Volatile.Write(ref _failures, 0);
            _news.Writer.TryWrite(state => state.Answered(row, Now));
        }
        catch (Exception cause) when (TableOutage.Is(cause) || (cause is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotRenewed(self, cause);
            var pause = TableOutage.PauseAfter(Interlocked.Increment(ref _failures), self.GetConsistentHashCode());
            _news.Writer.TryWrite(state => state.Failed(Now, pause));
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task PauseUntil(TimeSpan next, CancellationToken cancellationToken)
    {
        var pause = next - Now;
        if (pause <= TimeSpan.Zero)
            return;

        // Timers count whole milliseconds and cut off the rest: what is left of one would be waited for without a pause.
        pause = TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(pause, time, either.Token), _news.Reader.WaitToReadAsync(either.Token).AsTask());
        await either.CancelAsync();
    }
}
