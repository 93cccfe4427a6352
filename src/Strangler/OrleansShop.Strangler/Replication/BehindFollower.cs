using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Replication;

/// <summary>
/// Has the grains apply what they have acknowledged and the monolith's rows lack, until nothing is left, and tells how much there is. Runs beside the sweep of a capability whose replication may lag.
/// </summary>
internal sealed partial class BehindFollower(CapabilityMoves moves, BehindEntities behind, MoveTally tally, CapabilityStatus status)
{
    private long? _since;

    internal async Task RunAsync(CancellationToken over)
    {
        for (var failures = 0; ;)
        {
            try
            {
                var pass = await behind.CatchUpAsync(moves.Options.Parallelism, over);
                failures = pass.LastError is null ? 0 : failures + 1;
                Tell(pass);
            }
            catch (Exception failure) when (!over.IsCancellationRequested)
            {
                // Whatever it is, the next pass tries again; nobody else would.
                failures++;
                tally.Failed(failure.Message);
                LogCutOff(moves.Logger, status.Capability, failure);
            }

            over.ThrowIfCancellationRequested();
            await Task.Delay(failures == 0 ? moves.Options.FeedPeriod : moves.Options.PauseAfter(failures), moves.Time, over);
        }
    }

    private void Tell(BehindProgress pass)
    {
        if (pass.Entities == 0) _since = null;
        else _since ??= moves.Time.GetTimestamp();
        var progress = pass with { For = _since is { } since ? moves.Time.GetElapsedTime(since) : TimeSpan.Zero };
        tally.FoundBehind(progress);
        moves.Metrics.FoundBehind(status.Capability, progress);
    }

    [LoggerMessage(3740, LogLevel.Warning, "The entities of {Capability} whose writes the monolith lacks could not be looked for; it is tried again.")]
    private static partial void LogCutOff(ILogger logger, string capability, Exception failure);
}
