using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Ownership;
using OrleansShop.Strangler.Sql.Reading;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Fencing;

/// <summary>
/// Brings ledger and fences to what an announcement says.
/// <code>
///   1 raise      tables, triggers, the capability's gate, closed       one transaction
///   2 fill       the ledger's rows of the entities that have none      a transaction for each batch
///   3 complete   the gate opens
/// </code>
/// The triggers come first: what the monolith inserts from then on enters the ledger by itself. A crash in between leaves a gate that lets nothing be taken; the same announcement goes on from there.
/// </summary>
internal sealed class FenceInstallation(IMonolithDatabase database, CheckedSchema schema)
{
    /// <summary>Rows of the ledger that one transaction adds: some tens of milliseconds, for which SQLite's other writers wait.</summary>
    private const int BatchSize = 5000;

    private Dialects Dialects => database.Dialects;

    internal async Task AnnounceAsync(CapabilityAnnouncement announcement, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(announcement, cancellationToken);
        if (!announcement.Fence)
        {
            await database.WriteAsync(transaction => RemoveAsync(transaction, announcement, plan), cancellationToken);
            return;
        }

        // 1
        if (await database.WriteAsync(transaction => RaiseAsync(transaction, announcement, plan), cancellationToken))
        {
            return;
        }

        // 2
        foreach (var entity in plan.Entities)
        {
            await FillAsync(announcement, entity, cancellationToken);
        }

        // 3
        await database.WriteAsync(transaction => CompleteAsync(transaction, announcement), cancellationToken);
    }

    private async Task<FencePlan> PlanAsync(CapabilityAnnouncement announcement, CancellationToken cancellationToken)
    {
        try
        {
            var found = await schema.RefreshAsync(cancellationToken);
            var plan = new FencePlan(announcement.Capability, schema.EntitiesOf(found, announcement.Capability), announcement.Feeds);
            plan.CheckKeys();
            return plan;
        }
        catch (CapabilityConfigurationException drifted)
        {
            throw new BridgeRefusedException(BridgeRefusal.Schema, $"The monolith's database does not fit the manifests; nothing was installed or removed. {drifted.Message}");
        }
    }

    /// <returns>Whether the ledger is complete already.</returns>
    private async Task<bool> RaiseAsync(DbTransaction transaction, CapabilityAnnouncement announcement, FencePlan plan)
    {
        var hasTables = await Dialects.Ledger.EnterAsync(transaction, announcement.Capability, LedgerAccess.Announce);
        var gate = hasTables ? await CapabilityGate.FindAsync(transaction, announcement.Capability) : null;
        if (gate is not null)
        {
            CheckEpoch(gate, announcement);
            gate.CheckFormat(plan.Capability, plan.Format);
        }

        var gaps = await Dialects.Fence.FindGapsAsync(transaction, plan);
        if (gaps.Count > 0 || !hasTables || (announcement.Closed && gate is not { IsClosed: true }))
        {
            // Before it is closed once more: what another version has made need not know of closing.
            await Dialects.Fence.RaiseAsync(transaction, plan);
        }

        // While a trigger was missing, entities may have come that the ledger does not know.
        var isComplete = gate is { IsComplete: true } && gaps.All(static gap => gap.IsFeed);
        await SetGateAsync(transaction, announcement, plan, gate, isComplete);
        return isComplete;
    }

    private static async Task SetGateAsync(
        DbTransaction transaction, CapabilityAnnouncement announcement, FencePlan plan, CapabilityGate? gate, bool isComplete)
    {
        var sql = gate is null
            ? $"""
               INSERT INTO {LedgerTables.Fence} (capability, epoch, takes, feeds, complete, format, noted, installed_at)
               VALUES (@Capability, @Epoch, @Takes, @Feeds, @isComplete, @Format, 0, CURRENT_TIMESTAMP)
               """
            : $"UPDATE {LedgerTables.Fence} SET epoch = @Epoch, takes = @Takes, feeds = @Feeds, complete = @isComplete WHERE capability = @Capability";
        await transaction.Connection!.ExecuteAsync(
            sql, new { announcement.Capability, announcement.Epoch, announcement.Takes, announcement.Feeds, isComplete, plan.Format }, transaction);
        if (announcement.Closed)
        {
            await transaction.Connection!.ExecuteAsync(
                $"UPDATE {LedgerTables.Fence} SET closed = @isClosed WHERE capability = @Capability", new { announcement.Capability, isClosed = true }, transaction);
        }

        if (!announcement.Feeds)
        {
            await transaction.Connection!.ExecuteAsync(
                $"DELETE FROM {LedgerTables.Changes} WHERE capability = @Capability", new { announcement.Capability }, transaction);
        }
    }

    private async Task FillAsync(CapabilityAnnouncement announcement, EntitySchema entity, CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var begin = after;
            after = await database.WriteAsync(transaction => FillBatchAsync(transaction, announcement, entity, begin), cancellationToken);
        }
        while (after is not null);
    }

    /// <summary>Locks what it reads on PostgreSQL, so that an entity is not deleted between the reading and the commit and leaves its row behind.</summary>
    /// <returns>The id after which the next batch begins; null when this was the last.</returns>
    private async Task<string?> FillBatchAsync(DbTransaction transaction, CapabilityAnnouncement announcement, EntitySchema entity, string? after)
    {
        await EnterOwnAsync(transaction, announcement, LedgerAccess.Move);
        var parameters = new DynamicParameters(new { kind = entity.Manifest.Kind, limit = BatchSize, last = BatchSize - 1 });
        var begin = "";
        if (after is not null)
        {
            begin = $" WHERE {entity.Key.Quoted} > {entity.Key.Typed("@after")}";
            parameters.Add("after", ColumnValue.FromText(entity.Key, after));
        }

        var keys = $"SELECT {entity.Key.Quoted} FROM {entity.Table.Quoted}{begin} ORDER BY {entity.Key.Quoted}";
        var next = await transaction.Connection!.QuerySingleOrDefaultAsync<string>(
            $"SELECT CAST({entity.Key.Quoted} AS text) FROM ({keys} LIMIT 1 OFFSET @last) AS page", parameters, transaction);
        await transaction.Connection!.ExecuteAsync(
            $"""
            INSERT INTO {LedgerTables.Ownership} (kind, entity_id, owner, epoch, version)
            SELECT @kind, CAST(page.{entity.Key.Quoted} AS text), 0, 0, 0 FROM ({keys} LIMIT @limit{Dialects.Ledger.Locks.Keys}) AS page WHERE 1 = 1
            ON CONFLICT DO NOTHING
            """, parameters, transaction);
        return next;
    }

    private async Task<int> CompleteAsync(DbTransaction transaction, CapabilityAnnouncement announcement)
    {
        await EnterOwnAsync(transaction, announcement, LedgerAccess.Announce);
        return await transaction.Connection!.ExecuteAsync(
            $"UPDATE {LedgerTables.Fence} SET complete = @isComplete WHERE capability = @Capability", new { announcement.Capability, isComplete = true }, transaction);
    }

    /// <summary>Goes on with what this announcement has begun, unless a newer one has come.</summary>
    private async Task EnterOwnAsync(DbTransaction transaction, CapabilityAnnouncement announcement, LedgerAccess access)
    {
        var gate = await Dialects.Ledger.EnterAsync(transaction, announcement.Capability, access) ? await CapabilityGate.FindAsync(transaction, announcement.Capability) : null;
        if (gate?.Epoch != announcement.Epoch)
        {
            throw new BridgeRefusedException(BridgeRefusal.StalePhase,
                $"A newer announcement of {announcement.Capability} has come while the ledger was filled for epoch {announcement.Epoch}.");
        }
    }

    private async Task<int> RemoveAsync(DbTransaction transaction, CapabilityAnnouncement announcement, FencePlan plan)
    {
        var gate = await Dialects.Ledger.EnterAsync(transaction, announcement.Capability, LedgerAccess.Announce)
            ? await CapabilityGate.FindAsync(transaction, announcement.Capability)
            : null;
        if (gate is null)
        {
            return 0;
        }

        CheckEpoch(gate, announcement);
        gate.CheckFormat(plan.Capability, plan.Format);
        var counts = await new LedgerReader(transaction, hasTables: true).CountAsync(plan.Entities);
        if (counts.Grains > 0)
        {
            throw new BridgeRefusedException(BridgeRefusal.StalePhase,
                $"The fences of {announcement.Capability} stay: grains own {counts.Grains} of its entities, which must be returned first.");
        }

        await Dialects.Fence.LowerAsync(transaction, plan);
        var connection = transaction.Connection!;
        foreach (var entity in plan.Entities)
        {
            await connection.ExecuteAsync($"DELETE FROM {LedgerTables.Ownership} WHERE kind = @Kind", new { entity.Manifest.Kind }, transaction);
        }

        await connection.ExecuteAsync(
            $"DELETE FROM {LedgerTables.Changes} WHERE capability = @Capability; DELETE FROM {LedgerTables.Fence} WHERE capability = @Capability;",
            new { announcement.Capability }, transaction);
        if (await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {LedgerTables.Fence}", transaction: transaction) == 0)
        {
            await Dialects.Fence.DropTablesAsync(transaction);
        }

        return 1;
    }

    private static void CheckEpoch(CapabilityGate gate, CapabilityAnnouncement announcement)
    {
        if (announcement.Epoch < gate.Epoch)
        {
            throw new BridgeRefusedException(BridgeRefusal.StalePhase,
                $"The announcement of {announcement.Capability} at epoch {announcement.Epoch} comes too late: the ledger knows epoch {gate.Epoch}.");
        }

        if (announcement.Epoch == gate.Epoch && (!announcement.Fence || (announcement.Takes, announcement.Feeds, announcement.Closed) != (gate.Takes, gate.Feeds, gate.IsClosed)))
        {
            throw new BridgeRefusedException(BridgeRefusal.StalePhase,
                $"The epoch {announcement.Epoch} of {announcement.Capability} was announced otherwise before (takes {gate.Takes}, feeds {gate.Feeds}, closed {gate.IsClosed}).");
        }

        if (gate.IsClosed && !announcement.Closed)
        {
            throw new BridgeRefusedException(BridgeRefusal.StalePhase, $"{announcement.Capability} is closed to the monolith, whose rows are old: no announcement opens it again.");
        }
    }
}
