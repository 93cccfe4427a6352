using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Replication;

namespace OrleansShop.Strangler.Moving;

/// <summary>
/// Brings a capability's entities to where its status says. Lives and dies with an activation of the capability's grain, and runs beside its turns, so that the grain answers at once whatever is being moved. Where it was is in
/// the ledger, which lists what is left: the next activation goes on from there.
/// </summary>
internal sealed partial class CapabilityMover : IAsyncDisposable
{
    private readonly CapabilityMoves _moves;
    private readonly ICapabilityGrain _grain;
    private readonly MoveTally _tally;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <summary>Replaced by the grain alone, in its turns.</summary>
    private volatile Followed _followed;

    internal CapabilityMover(CapabilityMoves moves, ICapabilityGrain grain, CapabilityStatus status)
    {
        (_moves, _grain, _followed) = (moves, grain, new Followed(status, new CancellationTokenSource()));
        _tally = new MoveTally(moves.Time);

        // Outside of the activation's turns.
        _running = Task.Run(RunAsync);
    }

    internal MoveProgress Progress => _tally.Progress;

    /// <summary>Takes note of how the capability stands now. What runs for another epoch stops at the next entity.</summary>
    internal void Follow(CapabilityStatus status)
    {
        var before = _followed;
        if ((before.Status.Epoch, before.Status.IsAnnounced) == (status.Epoch, status.IsAnnounced)) return;
        _followed = new Followed(status, new CancellationTokenSource());

        // Not in the caller's turn.
        _ = before.Over.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _moves.Metrics.Forget(_moves.Manifest.Name);
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var followed = _followed;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(followed.Over.Token, _stop.Token);
            try
            {
                await RunAsync(followed.Status, over.Token);
            }
            catch (Exception cutOff) when (over.IsCancellationRequested)
            {
                // The next order is followed, or the activation ends. What was under way may have ended in any way: an announcement that fails is itself the reason to begin anew.
                if (cutOff is not OperationCanceledException) LogCutOff(_moves.Logger, _moves.Manifest.Name, cutOff);
            }
        }
    }

    private Task RunAsync(CapabilityStatus status, CancellationToken over)
    {
        _tally.Begin(status.Epoch, !status.HasLedger ? MoveActivity.Settled : status.IsAnnounced ? MoveActivity.Sweeping : MoveActivity.Announcing);
        return status switch
        {
            { HasLedger: false } => Task.Delay(Timeout.InfiniteTimeSpan, _moves.Time, over),
            { IsAnnounced: false } => AnnounceAsync(over),
            _ => Task.WhenAll(
                new Sweep(_moves, _grain, _tally, status).RunAsync(over),
                new ShadowFollower(_moves, _tally, status).RunAsync(over),
                _moves.Behind is { } behind ? new BehindFollower(_moves, behind, _tally, status).RunAsync(over) : Task.CompletedTask),
        };
    }

    /// <summary>Ends when the grain follows the announced status.</summary>
    private async Task AnnounceAsync(CancellationToken over)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await _grain.SettleAsync();
                failures = 0;
            }
            catch (Exception failure) when (!over.IsCancellationRequested)
            {
                // Whatever it is, it is tried again; nobody else would.
                failures++;
                _tally.Failed(failure.Message);
                LogNotAnnounced(_moves.Logger, _moves.Manifest.Name, failure);
            }

            await Task.Delay(_moves.Options.PauseAfter(failures), _moves.Time, over);
        }
    }

    private sealed record Followed(CapabilityStatus Status, CancellationTokenSource Over);

    [LoggerMessage(3708, LogLevel.Debug, "What was moved of {Capability} for the status before has ended with a failure.")]
    private static partial void LogCutOff(ILogger logger, string capability, Exception failure);

    [LoggerMessage(3701, LogLevel.Warning, "The ledger could not be told how {Capability} stands; it is tried again.")]
    private static partial void LogNotAnnounced(ILogger logger, string capability, Exception failure);
}
