using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Switching;

/// <summary>
/// Moves a capability by copying it once, on the service's side. The gateway holds the capability's writes before it calls, and lets them go
/// after the answer, whatever it is.
/// <code>
///   import   1 begin → 2 clear → 3 pull pages from the bridge → 4 compare counts → 5 end: phase Grains
///   export   1 begin → 2 push pages to the bridge → 3 delete what the grains do not have → 4 compare counts → 5 end: phase Monolith
/// </code>
/// A failure at any step leaves the phase as it was, and both can be called again: each step gives the same result when it is repeated.
/// </summary>
internal sealed partial class CapabilitySwitch(
    ServedCapability capability, ICapabilityContent content, IMonolithBridge bridge, TimeProvider time, ILogger<CapabilitySwitch> logger)
{
    private const int PageSize = RowQuery.DefaultLimit;

    /// <summary>A capability that is copied as a whole has no ledger, and its entities no epochs.</summary>
    private const long WithoutEpoch = 0;

    private CapabilityManifest Manifest => capability.Manifest;

    internal Task<CapabilityStatus> ImportAsync(string by, CancellationToken cancellationToken) =>
        RunAsync(CapabilityPhase.Grains, by, PullAsync, cancellationToken);

    internal Task<CapabilityStatus> ExportAsync(string by, CancellationToken cancellationToken) =>
        RunAsync(CapabilityPhase.Monolith, by, PushAsync, cancellationToken);

    /// <summary>Back to the monolith without a copy, for a caller that knows that the grains never took a write.</summary>
    internal Task<CapabilityStatus> DiscardAsync(string by, CancellationToken cancellationToken) =>
        RunAsync(CapabilityPhase.Monolith, by, static _ => Task.FromResult("Discarded what the grains held."), cancellationToken);

    private async Task<CapabilityStatus> RunAsync(
        CapabilityPhase target, string by, Func<CancellationToken, Task<string>> copy, CancellationToken cancellationToken)
    {
        // 1.
        var start = await capability.Grain.BeginAsync(target, by);
        switch (start.Outcome)
        {
            case TransitionOutcome.AlreadyThere:
                return start.Status;
            case TransitionOutcome.MovesByOrders:
                throw new SwitchRefusedException(
                    $"{Manifest.Name} is in the phase {start.Status.Phase} by order, and its entities move one by one: give orders, or order a rollback first.", retryAfter: null);
            case TransitionOutcome.AnotherIsRunning:
                throw new SwitchRefusedException(
                    $"Attempt {start.Attempt} to switch {Manifest.Name} is running; it counts as abandoned after {start.RetryAfter!.Value.TotalSeconds:0.#} s of silence.", start.RetryAfter);
        }

        LogBegun(logger, Manifest.Name, target, start.Attempt, by);
        try
        {
            // 2 to 4.
            var detail = await CopyAsync(start, copy, cancellationToken);

            // 5.
            var status = await capability.Grain.EndAsync(start.Attempt, succeeded: true, detail);
            LogEnded(logger, Manifest.Name, status.Phase, status.Epoch, detail);
            return status;
        }
        catch (Exception failure)
        {
            await EndFailedAsync(start.Attempt, failure);
            throw;
        }
    }

    private async Task<string> CopyAsync(TransitionStart start, Func<CancellationToken, Task<string>> copy, CancellationToken cancellationToken)
    {
        await using var run = new TransitionRun(capability.Grain, start.Attempt, time, cancellationToken);
        try
        {
            return await copy(run.Token);
        }
        catch (OperationCanceledException stopped) when (run.Token.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SwitchRefusedException($"Attempt {start.Attempt} to switch {Manifest.Name} was stopped: another has begun in its place.", retryAfter: null, stopped);
        }
    }

    private async Task<string> PullAsync(CancellationToken cancellationToken)
    {
        // 2. What an earlier time in the grains, or an import that failed, has left behind.
        await content.ClearAsync(cancellationToken);

        // 3.
        foreach (var entity in Manifest.Entities)
        {
            string? after = null;
            do
            {
                var page = await bridge.ReadAsync(new RowQuery(Manifest.Name, entity.Kind, After: after, Limit: PageSize), cancellationToken);
                if (page.Items.Count > 0)
                {
                    await content.ImportAsync(entity.Kind, page.Items, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                after = page.Next;
            }
            while (after is not null);
        }

        // 4.
        return await CompareCountsAsync("Imported", cancellationToken);
    }

    private async Task<string> PushAsync(CancellationToken cancellationToken)
    {
        // 2. Those that others refer to come first, so that the monolith's foreign keys hold at every moment.
        var held = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var entity in Manifest.Entities)
        {
            held[entity.Kind] = await PushKindAsync(entity, cancellationToken);
        }

        // 3. Those that refer to others go first.
        foreach (var entity in Manifest.Entities.Reverse())
        {
            await DeleteOthersAsync(entity, held[entity.Kind], cancellationToken);
        }

        // 4.
        return await CompareCountsAsync("Exported", cancellationToken);
    }

    /// <summary>Returns the ids that the grains have. They are held in memory: some 100 bytes each.</summary>
    private async Task<HashSet<string>> PushKindAsync(EntityManifest entity, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            var page = await content.ExportAsync(entity.Kind, after, PageSize, cancellationToken);
            if (page.Items.Count > 0)
            {
                await bridge.ApplyAsync([.. page.Items.Select(rows => EntityChange.Upsert(Manifest.Name, rows, WithoutEpoch))], cancellationToken);
                ids.UnionWith(page.Items.Select(static rows => rows.Id));
            }

            cancellationToken.ThrowIfCancellationRequested();
            after = page.Next;
        }
        while (after is not null);
        return ids;
    }

    private async Task DeleteOthersAsync(EntityManifest entity, HashSet<string> held, CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await bridge.ReadAsync(new RowQuery(Manifest.Name, entity.Kind, After: after, Limit: PageSize), cancellationToken);
            var others = page.Items.Where(rows => !held.Contains(rows.Id))
                .Select(rows => EntityChange.Delete(Manifest.Name, entity.Kind, rows.Id, rows.Version, WithoutEpoch)).ToList();
            if (others.Count > 0)
            {
                LogDeleting(logger, Manifest.Name, entity.Kind, others.Count);
                await bridge.ApplyAsync(others, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            after = page.Next;
        }
        while (after is not null);
    }

    private async Task<string> CompareCountsAsync(string done, CancellationToken cancellationToken)
    {
        var counts = new List<string>();
        foreach (var entity in Manifest.Entities)
        {
            var monolith = await bridge.ReadAsync(new RowQuery(Manifest.Name, entity.Kind, Limit: 1, WithTotal: true), cancellationToken);
            var grains = await content.CountAsync(entity.Kind, cancellationToken);
            if (monolith.Total != grains)
            {
                throw new SwitchRefusedException(
                    $"After the copy the monolith has {monolith.Total} entities of the kind {entity.Kind} and the grains have {grains}: something writes past the gateway.", retryAfter: null);
            }

            counts.Add($"{entity.Kind}: {grains}");
        }

        return $"{done} {string.Join(", ", counts)}.";
    }

    /// <summary>The failure itself goes to the caller; that its end could not be stored is only logged, because the attempt then ends by silence.</summary>
    private async Task EndFailedAsync(long attempt, Exception failure)
    {
        LogFailed(logger, Manifest.Name, attempt, failure);
        try
        {
            await capability.Grain.EndAsync(attempt, succeeded: false, failure.Message);
        }
        catch (Exception second) when (second is OrleansException or TimeoutException or InvalidOperationException)
        {
            LogEndNotStored(logger, Manifest.Name, attempt, second);
        }
    }
}
