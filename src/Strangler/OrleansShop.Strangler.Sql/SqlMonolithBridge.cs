using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Ownership;
using OrleansShop.Strangler.Sql.Reading;
using OrleansShop.Strangler.Sql.Schema;
using OrleansShop.Strangler.Sql.Users;

namespace OrleansShop.Strangler.Sql;

/// <summary>
/// The bridge's work on the monolith's database itself. What a manifest says is compared with the database once, on the first use that
/// reaches it; a table that changes shape later needs a restart. Thread-safe.
/// </summary>
public sealed class SqlMonolithBridge : IMonolithBridge, IAsyncDisposable
{
    private readonly UserTable? _users;
    private readonly IMonolithDatabase _database;
    private readonly CheckedSchema _schema;
    private readonly SqlOwnershipLedger _ledger;

    /// <summary>Prepares the work; the database is not touched yet.</summary>
    /// <param name="catalog">The capabilities whose rows may be read and written.</param>
    /// <param name="users">Where the users are, or null when nobody may ask for them.</param>
    /// <param name="options">Which database. Valid.</param>
    public SqlMonolithBridge(CapabilityCatalog catalog, UserTable? users, MonolithDatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _users = users;
        _database = options.Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteDatabase(options),
            DatabaseProvider.PostgreSql => new PostgreSqlDatabase(options),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Provider, "This is no kind of database that the bridge knows."),
        };
        _schema = new CheckedSchema(catalog, users, _database);
        _ledger = new SqlOwnershipLedger(_database, _schema);
    }

    /// <summary>The ledger in the same database. Lives as long as the bridge.</summary>
    public IOwnershipLedger Ledger => _ledger;

    /// <summary>Takes several entities of one kind in one transaction, as <see cref="IOwnershipLedger.TakeAsync"/> takes one. It waits for no writer of the monolith.</summary>
    /// <param name="requests">From 1 to <see cref="TakeGroupRequest.MaxTakes"/>, all of one kind.</param>
    /// <param name="cancellationToken">Stops waiting; entities may have been taken.</param>
    /// <returns>An answer for each, in their order. One with neither an entity nor a refusal is to be asked for alone.</returns>
    /// <exception cref="BridgeRefusedException">The requests are not what they should be; nothing was taken.</exception>
    /// <exception cref="BridgeUnavailableException">The database does not answer.</exception>
    public Task<IReadOnlyList<TakeAnswer>> TakeAsync(IReadOnlyList<TakeRequest> requests, CancellationToken cancellationToken = default) => _ledger.TakeAsync(requests, cancellationToken);

    /// <summary>Compares the manifests with the database. Costs nothing once it has succeeded.</summary>
    /// <exception cref="CapabilityConfigurationException">They do not fit; it lists every fault.</exception>
    /// <exception cref="BridgeUnavailableException">The database does not answer.</exception>
    public async Task CheckSchemaAsync(CancellationToken cancellationToken = default) => await _schema.GetAsync(cancellationToken);

    /// <summary>Asks the database for an answer, whatever it is.</summary>
    /// <exception cref="BridgeUnavailableException">The database does not answer.</exception>
    public Task PingAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(static transaction => transaction.Connection!.QuerySingleAsync<int>("SELECT 1", transaction: transaction), cancellationToken);

    /// <inheritdoc />
    public async Task<EntityPage> ReadAsync(RowQuery query, CancellationToken cancellationToken = default)
    {
        RequestLimits.Check(query);
        var entity = await _schema.EntityAsync(query.Capability, query.Kind, cancellationToken);
        return await _database.ReadAsync(transaction => new EntityReader(entity, transaction).ReadAsync(query), cancellationToken);
    }

    /// <inheritdoc />
    public async Task ApplyAsync(IReadOnlyList<EntityChange> changes, CancellationToken cancellationToken = default)
    {
        RequestLimits.Check(changes);
        var schema = await _schema.GetAsync(cancellationToken);
        var steps = changes.Select(change => (Change: change, Entity: CheckedSchema.Find(schema, change.Capability, change.Kind))).ToList();
        foreach (var (change, entity) in steps)
        {
            ColumnValue.CheckIsId(entity.Key, change.Id);
        }

        await _database.WriteAsync(
            async transaction =>
            {
                await new OwnedWriter(_database.Dialects.Ledger, _database.Dialects.Sql, transaction).ApplyAsync(steps);
                return steps.Count;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<long>> AllocateIdsAsync(string capability, string kind, int count, CancellationToken cancellationToken = default)
    {
        RequestLimits.CheckIdCount(count);
        var table = (await _schema.EntityAsync(capability, kind, cancellationToken)).Table;
        if (table.Sequence is null)
        {
            throw new BridgeRefusedException(
                BridgeRefusal.NoSequence, $"The monolith's database does not number the rows of {table.Name} by a sequence that never repeats; ids of the kind {kind} cannot be taken from it.");
        }

        return await _database.WriteAsync(transaction => _database.Dialects.Sql.TakeIdsAsync(transaction, table, count), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<MonolithUser?> GetUserAsync(string username, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(username);
        if (_users is null)
        {
            throw new BridgeRefusedException(BridgeRefusal.Invalid, $"The bridge is not told where users are: the section {UserTable.Section} is absent.");
        }

        await _schema.GetAsync(cancellationToken);
        return await _database.ReadAsync(transaction => UserReader.ReadAsync(_users, transaction, username), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
