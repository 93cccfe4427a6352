using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Moving;

/// <summary>
/// Moves what is not where one status of a capability wants it: first what is to be returned, those that refer to others before those, then what is to be taken, the other way round. Goes on looking after that, because the
/// monolith may make entities that belong to the grains.
/// </summary>
internal sealed partial class Sweep(CapabilityMoves moves, ICapabilityGrain grain, MoveTally tally, CapabilityStatus status)
{
    private int _unansweredInARow;

    private string Capability => status.Capability;

    internal async Task RunAsync(CancellationToken over)
    {
        if (status.IsPaused)
        {
            tally.Now(MoveActivity.Paused);
            await Task.Delay(Timeout.InfiniteTimeSpan, moves.Time, over);
        }

        // Processes answer lists by what they knew of the capability a moment ago: nothing leaves the index before they have all heard where lists come from now.
        if (!status.Phase.IsServedByGrains()) await Task.Delay(CapabilityView.MaxAge, moves.Time, over);

        var failures = 0;
        for (var passes = 0; ; passes++)
        {
            var isClean = false;
            try
            {
                isClean = await PassAsync(isFirst: passes == 0, over);
            }
            catch (Exception failure) when (!over.IsCancellationRequested)
            {
                // Whatever it is, the next pass tries again; nobody else would.
                tally.Failed(failure.Message);
                LogPassFailed(moves.Logger, Capability, failure);
            }

            over.ThrowIfCancellationRequested();
            failures = isClean ? 0 : failures + 1;
            tally.Now(isClean ? MoveActivity.Settled : MoveActivity.Waiting);
            var isOver = isClean && !status.IsRollingBack;
            await Task.Delay(isOver ? moves.Options.SweepPeriod : moves.Options.PauseAfter(failures), moves.Time, over);
        }
    }

    /// <returns>Whether everything that was found in the wrong place was moved.</returns>
    private async Task<bool> PassAsync(bool isFirst, CancellationToken over)
    {
        _unansweredInARow = 0;

        // The same once more: tables that have drifted and a manifest that has changed are refused here, and triggers that somebody has dropped are made again.
        await moves.Ledger.AnnounceAsync(status.Announcement(), over);
        var before = await CountAsync(over);
        if (isFirst) tally.Plan(LeftToMove(before));
        var isClean = true;
        foreach (var entity in moves.Manifest.Entities.Reverse())
        {
            if (!status.Phase.IsServedByGrains()) isClean &= await MoveFromAsync(EntityOwner.Grains, entity, over);
        }

        foreach (var entity in moves.Manifest.Entities)
        {
            if (status.Phase.MayOwnEntities()) isClean &= await MoveFromAsync(EntityOwner.Monolith, entity, over);
        }

        await CountAsync(over);
        if (isClean && status.IsRollingBack) await grain.SettleAsync();
        return isClean;
    }

    private async Task<LedgerCounts> CountAsync(CancellationToken over)
    {
        var counts = await moves.Ledger.CountAsync(Capability, over);
        tally.Counted(counts);
        moves.Metrics.Counted(Capability, counts);
        return counts;
    }

    /// <summary>In Canary nobody knows how many ids are in the share before all were looked at.</summary>
    private long LeftToMove(LedgerCounts counts) => status.Phase switch
    {
        CapabilityPhase.Canary => Math.Abs(((counts.Monolith + counts.Grains) * status.Percent / 100) - counts.Grains),
        CapabilityPhase.Grains => counts.Monolith,
        _ => counts.Grains,
    };

    private async Task<bool> MoveFromAsync(EntityOwner owner, EntityManifest entity, CancellationToken over)
    {
        if (owner == EntityOwner.Monolith && status is { Phase: CapabilityPhase.Canary, Percent: 0 }) return true;

        var failed = 0;
        string? after = null;
        do
        {
            var page = await moves.Ledger.ListAsync(new LedgerQuery(Capability, entity.Kind, owner, after, moves.Options.PageSize), over);
            var misplaced = page.Items.Where(item => status.WantedOwner(entity.Kind, item.Id) != owner).ToList();
            if (misplaced.Count > 0) tally.Now(MoveActivity.Sweeping);
            await Parallel.ForEachAsync(
                misplaced,
                new ParallelOptions { MaxDegreeOfParallelism = moves.Options.Parallelism, CancellationToken = over },
                async (item, _) =>
                {
                    if (!await MoveAsync(entity.Kind, item.Id, to: owner == EntityOwner.Grains ? EntityOwner.Monolith : EntityOwner.Grains)) Interlocked.Increment(ref failed);
                });
            after = page.Next;
        }
        while (after is not null && !IsAway);
        return failed == 0;
    }

    /// <summary>A whole group got no answer: asking for the others would only keep the bridge from coming back.</summary>
    private bool IsAway => Volatile.Read(ref _unansweredInARow) >= moves.Options.Parallelism;

    private async Task<bool> MoveAsync(string kind, string id, EntityOwner to)
    {
        if (IsAway) return false;

        var began = moves.Time.GetTimestamp();
        try
        {
            var owner = await moves.Entities.PlaceAsync(kind, id, status.Epoch);
            Volatile.Write(ref _unansweredInARow, 0);
            if (owner != to)
            {
                tally.Failed($"The {kind} {id} stays with the side {owner}.");
                return false;
            }

            tally.Moved();
            moves.Metrics.Moved(Capability, to, moves.Time.GetElapsedTime(began));
            return true;
        }
        catch (Exception failure)
        {
            // One that cannot be moved now keeps none of the others waiting; the next pass finds it in the ledger again.
            if (failure is BridgeUnavailableException or TimeoutException) Interlocked.Increment(ref _unansweredInARow);
            tally.Failed($"The {kind} {id}: {failure.Message}");
            moves.Metrics.Failed(Capability);
            LogNotMoved(moves.Logger, kind, id, to, failure);
            return false;
        }
    }

    [LoggerMessage(3702, LogLevel.Warning, "The sweep of {Capability} was cut off; it goes on after a while.")]
    private static partial void LogPassFailed(ILogger logger, string capability, Exception failure);

    [LoggerMessage(3703, LogLevel.Debug, "{Kind} {Id} could not be moved to the side {Owner}; it is tried again.")]
    private static partial void LogNotMoved(ILogger logger, string kind, string id, EntityOwner owner, Exception failure);
}
