using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.ServiceDefaults.Indexing;

/// <summary>The marks of outboxes: a table beside the index in the same file, so that both marks of a write reach the disk together.</summary>
public sealed partial class SqliteEntityIndex : IOutboxMarkTable
{
    private const string MarkSchema = """
        CREATE TABLE IF NOT EXISTS outbox_mark (
            kind TEXT NOT NULL,
            id INTEGER NOT NULL,
            unpublished_from INTEGER NOT NULL,
            token INTEGER NOT NULL,
            marked_at INTEGER NOT NULL,
            PRIMARY KEY (kind, id)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS outbox_mark_age ON outbox_mark (kind, marked_at);
        """;

    /// <inheritdoc/>
    public Task<OutboxMark> MarkAsync(EntityKey key, OutboxMark mark, CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return _writes.EnqueueAsync(
            connection =>
            {
                using var command = Command(
                    connection,
                    """
                    INSERT INTO outbox_mark (kind, id, unpublished_from, token, marked_at) VALUES ($kind, $id, $from, $token, $now)
                    ON CONFLICT (kind, id) DO UPDATE SET unpublished_from = min(unpublished_from, $from), token = $token, marked_at = $now
                    RETURNING unpublished_from
                    """,
                    ("$kind", key.Kind), ("$id", StoredId.ToColumn(key.Id)), ("$from", mark.From), ("$token", mark.Token), ("$now", now));
                return mark with { From = (long)command.ExecuteScalar()! };
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<OutboxMark?> FindMarkAsync(EntityKey key, CancellationToken cancellationToken = default)
    {
        using var connection = _database.Open();
        using var command = Command(connection, "SELECT unpublished_from, token FROM outbox_mark WHERE kind = $kind AND id = $id", ("$kind", key.Kind), ("$id", StoredId.ToColumn(key.Id)));
        using var reader = command.ExecuteReader();
        return Task.FromResult<OutboxMark?>(reader.Read() ? new OutboxMark(reader.GetInt64(0), reader.GetInt64(1)) : null);
    }

    /// <inheritdoc/>
    public Task EndMarkAsync(EntityKey key, long token, CancellationToken cancellationToken = default) => _writes.EnqueueAsync(
        connection => Execute(connection, "DELETE FROM outbox_mark WHERE kind = $kind AND id = $id AND token = $token", ("$kind", key.Kind), ("$id", StoredId.ToColumn(key.Id)), ("$token", token)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<EntityId>> FindOldMarksAsync(string kind, TimeSpan age, int limit, CancellationToken cancellationToken = default)
    {
        using var connection = _database.Open();
        return Task.FromResult(ReadIds(
            connection,
            "SELECT id FROM outbox_mark WHERE kind = $kind AND marked_at <= $newest ORDER BY marked_at LIMIT $limit",
            ("$kind", kind), ("$newest", (_time.GetUtcNow() - age).ToUnixTimeMilliseconds()), ("$limit", limit)));
    }

    private static ImmutableArray<EntityId> ReadIds(SqliteConnection connection, string statement, params (string Name, object Value)[] parameters)
    {
        using var command = Command(connection, statement, parameters);
        using var reader = command.ExecuteReader();
        var ids = ImmutableArray.CreateBuilder<EntityId>();
        while (reader.Read()) ids.Add(StoredId.FromColumn(reader.GetValue(0)));
        return ids.ToImmutable();
    }
}
