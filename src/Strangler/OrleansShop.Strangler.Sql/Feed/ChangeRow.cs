using System.Data.Common;
using System.Globalization;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Feed;

/// <summary>A row of the change feed.</summary>
internal sealed class ChangeRow
{
    public long Position { get; init; }

    public string Kind { get; init; } = "";

    public string Id { get; init; } = "";

    /// <summary>A text in SQLite and a time in PostgreSQL.</summary>
    public object At { get; init; } = "";

    internal static async Task<List<ChangeRow>> ReadAsync(DbTransaction transaction, ChangeQuery query) =>
    [
        .. await transaction.Connection!.QueryAsync<ChangeRow>(
            $"""
            SELECT position AS Position, kind AS Kind, entity_id AS Id, at AS At FROM {LedgerTables.Changes}
            WHERE capability = @Capability AND position > @After ORDER BY position LIMIT @Limit
            """, query, transaction),
    ];

    internal ChangedEntity ToChange() => new(Kind, Id, At switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        _ => throw new InvalidOperationException($"The time of a change is of the type {At.GetType()}."),
    });
}
