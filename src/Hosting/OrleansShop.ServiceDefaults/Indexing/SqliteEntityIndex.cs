using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using OrleansShop.Storage.Sqlite.Files;
using OrleansShop.Storage.Sqlite.GroupCommit;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.ServiceDefaults.Indexing;

/// <summary>An index in a SQLite file: a row an entry, and a row a term.</summary>
public sealed partial class SqliteEntityIndex : IEntityIndex, IAsyncDisposable
{
    /// <summary>
    /// How old a mark must be before its writer counts as dead: 10 seconds, longer than a write waits for a locked file. A mark that is reported
    /// too early costs one call of a grain, nothing else.
    /// </summary>
    public static readonly TimeSpan PendingTimeout = TimeSpan.FromSeconds(10);

    private const int MaxValues = 10_000;
    private const int MaxStalePending = 1000;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS index_entry (
            kind TEXT NOT NULL,
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            document BLOB,
            pending_since INTEGER,
            PRIMARY KEY (kind, id)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS index_entry_pending ON index_entry (kind, pending_since) WHERE pending_since IS NOT NULL;
        CREATE TABLE IF NOT EXISTS index_term (
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            id INTEGER NOT NULL,
            PRIMARY KEY (kind, name, value, id)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS index_term_entry ON index_term (kind, id);
        """;

    private readonly SqliteDatabase _database;
    private readonly SqliteWriteQueue _writes;
    private readonly TimeProvider _time;

    /// <summary>Opens the index, creating the file if it does not exist.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, or is not a database.</exception>
    public SqliteEntityIndex(string path, TimeProvider time)
    {
        _database = new SqliteDatabase(path);
        _writes = new SqliteWriteQueue(_database, Schema + MarkSchema);
        _time = time;
    }

    /// <inheritdoc/>
    public Task MarkPendingAsync(EntityKey key, CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return _writes.EnqueueAsync(
            connection => Execute(
                connection,
                "INSERT INTO index_entry (kind, id, version, pending_since) VALUES ($kind, $id, 0, $now) ON CONFLICT (kind, id) DO UPDATE SET pending_since = $now",
                ("$kind", key.Kind), ("$id", StoredId.ToColumn(key.Id)), ("$now", now)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task CommitAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return _writes.EnqueueAsync(
            connection =>
            {
                foreach (var entry in entries)
                {
                    Commit(connection, entry);
                }

                return entries.Count;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Offset);
        using var connection = _database.Open();

        // One transaction: the page, its total and the marks are of one moment.
        using var moment = connection.BeginTransaction(deferred: true);
        var (from, parameters) = Selection(query);
        var documents = ReadDocuments(connection, query, from, parameters);
        var total = query is { Offset: 0, Limit: null } ? documents.Length : Count(connection, from, parameters);
        return Task.FromResult(new IndexPage(documents, total, ReadStalePending(connection, query)));
    }

    /// <inheritdoc/>
    public Task ClearAsync(string kind, CancellationToken cancellationToken = default) => _writes.EnqueueAsync(
        connection => Execute(connection, "DELETE FROM index_term WHERE kind = $kind; DELETE FROM index_entry WHERE kind = $kind;", ("$kind", kind)),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writes.DisposeAsync();

    private static void Commit(SqliteConnection connection, IndexEntry entry)
    {
        (string, object) kind = ("$kind", entry.Key.Kind), id = ("$id", StoredId.ToColumn(entry.Key.Id)), version = ("$version", entry.Version);
        var isNewest = entry.Document is { } document
            ? Execute(
                connection,
                """
                INSERT INTO index_entry (kind, id, version, document) VALUES ($kind, $id, $version, $document)
                ON CONFLICT (kind, id) DO UPDATE SET version = $version, document = $document, pending_since = NULL WHERE version <= $version
                """,
                kind, id, version, ("$document", document.ToArray()))
            : Execute(connection, "DELETE FROM index_entry WHERE kind = $kind AND id = $id AND version <= $version", kind, id, version);
        if (isNewest == 0)
        {
            return;
        }

        Execute(connection, "DELETE FROM index_term WHERE kind = $kind AND id = $id", kind, id);
        if (entry.Document is not null)
        {
            foreach (var term in entry.Terms)
            {
                Execute(
                    connection,
                    "INSERT OR IGNORE INTO index_term (kind, name, value, id) VALUES ($kind, $name, $value, $id)",
                    kind, id, ("$name", term.Name), ("$value", term.Value));
            }
        }
    }

    private static (string From, (string, object)[] Parameters) Selection(IndexQuery query)
    {
        const string All = "FROM index_entry e WHERE e.kind = $kind AND e.document IS NOT NULL AND e.id > $after";
        (string, object) kind = ("$kind", query.Kind), after = ("$after", StoredId.ToColumn(query.After ?? long.MinValue));
        if (query.TermName is null)
        {
            return (All, [kind, after]);
        }

        (string, object) name = ("$name", query.TermName);
        if (query.Prefix is { } prefix)
        {
            // The values that start with a prefix lie between it and it followed by the last code point: a range of the primary key.
            return (
                All + " AND e.id IN (SELECT id FROM index_term WHERE kind = $kind AND name = $name AND value >= $low AND value < $high)",
                [kind, after, name, ("$low", prefix), ("$high", prefix + "\U0010FFFF")]);
        }

        var values = query.Values.IsDefault ? [] : query.Values;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, MaxValues, nameof(query));
        var list = string.Join(", ", values.Select((_, index) => $"$value{index}"));
        return (
            All + $" AND e.id IN (SELECT id FROM index_term WHERE kind = $kind AND name = $name AND value IN ({list}))",
            [kind, after, name, .. values.Select((value, index) => ($"$value{index}", (object)value))]);
    }

    private static ImmutableArray<IndexedDocument> ReadDocuments(SqliteConnection connection, IndexQuery query, string from, (string, object)[] parameters)
    {
        using var command = Command(
            connection,
            $"SELECT e.id, e.document {from} ORDER BY e.id LIMIT $limit OFFSET $offset",
            [.. parameters, ("$limit", query.Limit ?? -1), ("$offset", query.Offset)]);
        using var reader = command.ExecuteReader();
        var documents = ImmutableArray.CreateBuilder<IndexedDocument>();
        while (reader.Read())
        {
            documents.Add(new IndexedDocument(StoredId.FromColumn(reader.GetValue(0)), reader.GetFieldValue<byte[]>(1)));
        }

        return documents.ToImmutable();
    }

    private static long Count(SqliteConnection connection, string from, (string, object)[] parameters)
    {
        using var command = Command(connection, $"SELECT count(*) {from}", parameters);
        return (long)command.ExecuteScalar()!;
    }

    private ImmutableArray<EntityId> ReadStalePending(SqliteConnection connection, IndexQuery query)
    {
        var newest = (_time.GetUtcNow() - (query.PendingFor ?? PendingTimeout)).ToUnixTimeMilliseconds();
        return ReadIds(
            connection,
            $"SELECT id FROM index_entry WHERE kind = $kind AND pending_since IS NOT NULL AND pending_since <= $newest ORDER BY pending_since LIMIT {MaxStalePending}",
            ("$kind", query.Kind), ("$newest", newest));
    }

    private static int Execute(SqliteConnection connection, string statement, params (string Name, object Value)[] parameters)
    {
        using var command = Command(connection, statement, parameters);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string statement, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file, and lists of parameter names.
        command.CommandText = statement;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
