using System.Collections.Concurrent;
using System.Data.Common;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Feed;
using OrleansShop.Strangler.Sql.Fencing;
using OrleansShop.Strangler.Sql.Reading;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>The ledger in the monolith's database itself. Thread-safe.</summary>
internal sealed class SqlOwnershipLedger(IMonolithDatabase database, CheckedSchema schema) : IOwnershipLedger
{
    private readonly FenceInstallation _installation = new(database, schema);

    /// <summary>What the manifests of this process say of each capability, in the words of its gate.</summary>
    private readonly ConcurrentDictionary<string, string> _formats = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public Task AnnounceAsync(CapabilityAnnouncement announcement, CancellationToken cancellationToken = default)
    {
        RequestLimits.Check(announcement);
        return _installation.AnnounceAsync(announcement, cancellationToken);
    }

    /// <summary>
    /// Step 1 of a move, in one transaction: no announcement changes the capability meanwhile; the ledger's row is locked, which waits for transactions of the monolith that have written the entity; its rows
    /// are read as those have left them; the ledger says that the grains own it.
    /// </summary>
    public async Task<TakenEntity> TakeAsync(TakeRequest request, CancellationToken cancellationToken = default)
    {
        RequestLimits.Check(request);
        var entity = await schema.EntityAsync(request.Capability, request.Kind, cancellationToken);
        ColumnValue.CheckIsId(entity.Key, request.Id);
        var name = new EntityName(request.Kind, request.Id);
        var format = await FormatAsync(request.Capability, cancellationToken);
        return await database.WriteAsync(
            async transaction =>
            {
                var dialect = database.Dialects.Ledger;
                var gate = await dialect.EnterAsync(transaction, request.Capability, LedgerAccess.Move)
                    ? await CapabilityGate.FindAsync(transaction, request.Capability)
                    : null;
                CapabilityGate.LetTake(gate, request, format);

                var ledger = new LedgerRows(dialect, transaction);
                var entry = await ledger.LockAsync(name);
                var page = await new EntityReader(entity, transaction).ReadAsync(
                    new RowQuery(request.Capability, request.Kind, entity.Key.Name, [request.Id], Limit: 1));
                var rows = page.Items.SingleOrDefault();
                var decision = LedgerRules.Take(entry, exists: rows is not null, request.SeenEpoch);
                if (decision is { Outcome: LedgerOutcome.Done, Entry: { } taken })
                {
                    await ledger.WriteAsync(name, entry, taken);
                }

                return decision.Outcome == LedgerOutcome.Absent ? new TakenEntity(Entry: null, Rows: null) : new TakenEntity(decision.Entry, rows);
            },
            cancellationToken);
    }

    /// <summary>Step 1 of the moves of several entities of one kind. Each is answered on its own; one with neither an entity nor a refusal is to be asked for alone.</summary>
    /// <param name="requests">From 1 to <see cref="TakeGroupRequest.MaxTakes"/>, all of one kind.</param>
    /// <param name="cancellationToken">Stops waiting; entities may have been taken.</param>
    internal async Task<IReadOnlyList<TakeAnswer>> TakeAsync(IReadOnlyList<TakeRequest>? requests, CancellationToken cancellationToken = default)
    {
        RequestLimits.Check(requests);
        var entity = await schema.EntityAsync(requests![0].Capability, requests[0].Kind, cancellationToken);
        foreach (var request in requests) ColumnValue.CheckIsId(entity.Key, request.Id);
        var format = await FormatAsync(requests[0].Capability, cancellationToken);
        return await database.WriteAsync(transaction => new GroupTake(database.Dialects.Ledger, entity, format, transaction).TakeAsync(requests), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<LedgerEntry> ReturnAsync(EntityChange last, CancellationToken cancellationToken = default)
    {
        RequestLimits.Check([last]);
        var entity = await schema.EntityAsync(last.Capability, last.Kind, cancellationToken);
        ColumnValue.CheckIsId(entity.Key, last.Id);
        return await database.WriteAsync(
            transaction => new OwnedWriter(database.Dialects.Ledger, database.Dialects.Sql, transaction).ReturnAsync(last, entity), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<LedgerEntry?> FindAsync(string capability, string kind, string id, CancellationToken cancellationToken = default)
    {
        RequestLimits.CheckName(capability, "capability");
        RequestLimits.CheckName(kind, "kind");
        RequestLimits.CheckId(id);
        var entity = await schema.EntityAsync(capability, kind, cancellationToken);
        ColumnValue.CheckIsId(entity.Key, id);
        return await database.ReadAsync(
            async transaction => await HasTablesAsync(transaction, capability)
                ? await new LedgerRows(database.Dialects.Ledger, transaction).FindAsync(new EntityName(kind, id))
                : null,
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task<LedgerPage> ListAsync(LedgerQuery query, CancellationToken cancellationToken = default)
    {
        RequestLimits.Check(query);
        var entity = await schema.EntityAsync(query.Capability, query.Kind, cancellationToken);
        return await database.ReadAsync(
            async transaction => await new LedgerReader(transaction, await HasTablesAsync(transaction, query.Capability)).ListAsync(entity, query), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<LedgerCounts> CountAsync(string capability, CancellationToken cancellationToken = default)
    {
        RequestLimits.CheckName(capability, "capability");
        var entities = await schema.EntitiesAsync(capability, cancellationToken);
        return await database.ReadAsync(
            async transaction => await new LedgerReader(transaction, await HasTablesAsync(transaction, capability)).CountAsync(entities), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<ChangePage> ReadChangesAsync(string capability, long after, int limit, CancellationToken cancellationToken = default)
    {
        RequestLimits.CheckName(capability, "capability");
        RequestLimits.CheckFeed(after, limit);
        await schema.EntitiesAsync(capability, cancellationToken);
        return await database.Dialects.Feed.ReadAsync(database, new ChangeQuery(capability, after, limit), cancellationToken);
    }

    private async ValueTask<string> FormatAsync(string capability, CancellationToken cancellationToken) => _formats.TryGetValue(capability, out var known)
        ? known
        : _formats.GetOrAdd(capability, new FencePlan(capability, await schema.EntitiesAsync(capability, cancellationToken), Feeds: false).Format);

    private Task<bool> HasTablesAsync(DbTransaction transaction, string capability) =>
        database.Dialects.Ledger.EnterAsync(transaction, capability, LedgerAccess.Look);
}
