using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Moving;

/// <summary>
/// Keeps the grains' copies of what the monolith owns. In Shadow it copies every entity once; in Shadow and Canary it follows the monolith's changes.
/// </summary>
/// <remarks>
/// A page is read and copied, then all changes are followed that wait, then comes the next page: never at the same time, so that a page that was read before a change is not copied over it. The feed forgets a change only
/// when the next ones are asked for, so that one that was read and not copied is read again, by whoever follows then.
/// </remarks>
internal sealed partial class ShadowFollower(CapabilityMoves moves, MoveTally tally, CapabilityStatus status)
{
    /// <summary>The most changes that are read at a time: as many entities as one question to the bridge may name.</summary>
    private const int MaxChanges = RowQuery.MaxValues;

    private ShadowProgress _progress = new(IsFilled: status.Phase != CapabilityPhase.Shadow, Copied: 0, ChangesWaiting: 0, Lag: TimeSpan.Zero);
    private int _kind;
    private string? _after;
    private long _position;

    internal async Task RunAsync(CancellationToken over)
    {
        if (status.Phase is not (CapabilityPhase.Shadow or CapabilityPhase.Canary)) return;

        for (var failures = 0; ;)
        {
            try
            {
                var isFilling = !_progress.IsFilled && !status.IsPaused;
                if (isFilling) await FillAsync(over);
                await FollowAsync(over);
                failures = 0;
                if (isFilling) continue;
            }
            catch (Exception failure) when (!over.IsCancellationRequested)
            {
                // Whatever it is, the same page, or the same changes, come again; nobody else would copy them.
                failures++;
                tally.Failed(failure.Message);
                LogCutOff(moves.Logger, status.Capability, failure);
            }

            over.ThrowIfCancellationRequested();
            await Task.Delay(failures == 0 ? moves.Options.FeedPeriod : moves.Options.PauseAfter(failures), moves.Time, over);
        }
    }

    private async Task FillAsync(CancellationToken over)
    {
        var entity = moves.Manifest.Entities[_kind];
        var page = await moves.Bridge.ReadAsync(new RowQuery(status.Capability, entity.Kind, After: _after), over);
        await CopyAsync([.. page.Items.Select(static rows => (rows.Kind, rows.Id, (EntityRows?)rows))], over);
        _after = page.Next;
        if (_after is null) _kind++;
        Tell(_progress with { Copied = _progress.Copied + page.Items.Count, IsFilled = _kind == moves.Manifest.Entities.Length });
    }

    private async Task FollowAsync(CancellationToken over)
    {
        ChangePage page;
        do
        {
            page = await moves.Ledger.ReadChangesAsync(status.Capability, _position, MaxChanges, over);
            if (page.Items.Count > 0)
            {
                var age = moves.Time.GetUtcNow() - page.Items[0].At;
                Tell(_progress with { ChangesWaiting = page.Items.Count + page.Waiting, Lag = age > TimeSpan.Zero ? age : TimeSpan.Zero });
                foreach (var kind in page.Items.GroupBy(static change => change.Kind, static change => change.Id))
                {
                    await CopyAsync(kind.Key, [.. kind.Distinct(StringComparer.Ordinal)], over);
                }
            }

            _position = page.Position;
        }
        while (page.Waiting > 0);
        Tell(_progress with { ChangesWaiting = 0, Lag = TimeSpan.Zero });
    }

    private async Task CopyAsync(string kind, IReadOnlyList<string> ids, CancellationToken over)
    {
        // A kind that the manifest does not have any more has no grains either.
        if (moves.Manifest.FindEntity(kind) is not { } entity) return;

        var rows = new Dictionary<string, EntityRows>(StringComparer.Ordinal);
        await foreach (var found in moves.Bridge.ReadByReferenceAsync(entity, entity.KeyColumn, ids, over))
        {
            rows[found.Id] = found;
        }

        await CopyAsync([.. ids.Select(id => (kind, id, rows.GetValueOrDefault(id)))], over);
    }

    private Task CopyAsync(IReadOnlyList<(string Kind, string Id, EntityRows? Rows)> entities, CancellationToken over) => Parallel.ForEachAsync(
        entities,
        new ParallelOptions { MaxDegreeOfParallelism = moves.Options.Parallelism, CancellationToken = over },
        async (entity, _) =>
        {
            try
            {
                await moves.Entities.ShadowAsync(entity.Kind, entity.Id, entity.Rows);
            }
            catch (Exception failure) when (failure is not (BridgeUnavailableException or TimeoutException or OrleansException))
            {
                // One that the service cannot read keeps none of the others waiting. Its copy does not count, and its taking will show the same fault.
                tally.Failed($"The {entity.Kind} {entity.Id}: {failure.Message}");
                moves.Metrics.Failed(status.Capability);
                LogNotCopied(moves.Logger, entity.Kind, entity.Id, failure);
            }
        });

    private void Tell(ShadowProgress progress)
    {
        _progress = progress;
        tally.Shadowed(progress);
        moves.Metrics.Shadowed(status.Capability, progress);
    }

    [LoggerMessage(3704, LogLevel.Warning, "The copies of {Capability} do not follow the monolith now; it is tried again.")]
    private static partial void LogCutOff(ILogger logger, string capability, Exception failure);

    [LoggerMessage(3705, LogLevel.Warning, "{Kind} {Id} could not be copied; it is passed over.")]
    private static partial void LogNotCopied(ILogger logger, string kind, string id, Exception failure);
}
