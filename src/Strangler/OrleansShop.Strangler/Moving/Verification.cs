using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Moving;

/// <summary>
/// Compares every entity of a capability with the monolith's rows, in the background and while both sides write: a difference counts when it is still there after both sides were read again. One at a time in a process. Thread-safe.
/// </summary>
internal sealed partial class Verification(CapabilityMoves moves) : IAsyncDisposable
{
    private const int Readings = 4;

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private VerifyReport? _report;
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;
    private long _beganAt;

    /// <summary>What the last comparison has found so far; null if there was none.</summary>
    internal VerifyReport? Report
    {
        get
        {
            lock (_lock)
            {
                return _report is { IsRunning: true } running ? running with { PerSecond = Rate(running) } : _report;
            }
        }
    }

    /// <returns>False: one runs already.</returns>
    internal bool Start()
    {
        lock (_lock)
        {
            if (_report is { IsRunning: true }) return false;
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            _beganAt = moves.Time.GetTimestamp();
            _report = new VerifyReport(IsRunning: true, moves.Time.GetUtcNow(), EndedAt: null, IsComplete: false, Compared: 0, OwnedByGrains: 0, PerSecond: 0, Differences: 0, FirstDifferences: [], Fault: null);
            var over = _stop.Token;
            _running = Task.Run(() => RunAsync(over), CancellationToken.None);
            return true;
        }
    }

    /// <summary>Returns when it has ended.</summary>
    internal async Task<VerifyReport?> CancelAsync()
    {
        Task running;
        CancellationTokenSource? stop;
        lock (_lock)
        {
            (running, stop) = (_running, _report is { IsRunning: true } ? _stop : null);
        }

        if (stop is not null) await stop.CancelAsync();
        await running;
        return Report;
    }

    public async ValueTask DisposeAsync()
    {
        await CancelAsync();
        _stop?.Dispose();
    }

    private async Task RunAsync(CancellationToken over)
    {
        string? fault = null;
        try
        {
            foreach (var entity in moves.Manifest.Entities)
            {
                await CompareAllAsync(EntityOwner.Grains, entity, over);
                await CompareAllAsync(EntityOwner.Monolith, entity, over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            fault = "It was canceled.";
        }
        catch (Exception failure)
        {
            // Whatever it is, whoever asks for the report reads it there.
            fault = failure.Message;
            LogFailed(moves.Logger, moves.Manifest.Name, failure);
        }

        Change(report => report with { IsRunning = false, EndedAt = moves.Time.GetUtcNow(), IsComplete = fault is null, PerSecond = Rate(report), Fault = fault });
    }

    private async Task CompareAllAsync(EntityOwner owner, EntityManifest entity, CancellationToken over)
    {
        string? after = null;
        do
        {
            var page = await moves.Ledger.ListAsync(new LedgerQuery(entity.Capability, entity.Kind, owner, after, RowQuery.MaxValues), over);
            var rows = new Dictionary<string, EntityRows>(StringComparer.Ordinal);
            await foreach (var found in moves.Bridge.ReadByReferenceAsync(entity, entity.KeyColumn, page.Items.Select(static item => item.Id), over))
            {
                rows[found.Id] = found;
            }

            await Parallel.ForEachAsync(
                page.Items,
                new ParallelOptions { MaxDegreeOfParallelism = moves.Options.Parallelism, CancellationToken = over },
                async (item, token) => await CompareAsync(owner, entity, item.Id, rows.GetValueOrDefault(item.Id), token));
            after = page.Next;
        }
        while (after is not null);
    }

    private async Task CompareAsync(EntityOwner owner, EntityManifest entity, string id, EntityRows? rows, CancellationToken over)
    {
        var difference = RowComparison.Difference(owner, rows, await moves.Entities.ExportAsync(entity.Kind, id));
        for (var reading = 2; difference is not null && reading <= Readings; reading++)
        {
            // A write, or a move, between the reading of the one side and that of the other. From now on the grain reads both, so that only a move can lie between the ledger's word and them.
            await Task.Delay(moves.Options.PauseAfter(reading - 1), moves.Time, over);
            owner = (await moves.Ledger.FindAsync(entity.Capability, entity.Kind, id, over))?.Owner ?? EntityOwner.Monolith;
            var sides = await moves.Entities.ReadBothSidesAsync(entity.Kind, id);
            difference = RowComparison.Difference(owner, sides.Monolith, sides.Grain);
        }

        Change(report => report with
        {
            Compared = report.Compared + 1,
            OwnedByGrains = report.OwnedByGrains + (owner == EntityOwner.Grains ? 1 : 0),
            Differences = report.Differences + (difference is null ? 0 : 1),
            FirstDifferences = difference is not null && report.FirstDifferences.Length < VerifyReport.MaxDifferences
                ? report.FirstDifferences.Add(new EntityDifference(entity.Kind, id, difference))
                : report.FirstDifferences,
        });
    }

    private double Rate(VerifyReport report) =>
        moves.Time.GetElapsedTime(_beganAt) is var elapsed && elapsed > TimeSpan.Zero ? report.Compared / elapsed.TotalSeconds : 0;

    private void Change(Func<VerifyReport, VerifyReport> change)
    {
        lock (_lock)
        {
            _report = change(_report!);
        }
    }

    [LoggerMessage(3706, LogLevel.Warning, "The comparison of {Capability} with the monolith's rows has failed.")]
    private static partial void LogFailed(ILogger logger, string capability, Exception failure);
}
