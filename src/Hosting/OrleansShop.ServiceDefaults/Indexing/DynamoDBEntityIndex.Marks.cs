using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Outbox;
using Table = OrleansShop.ServiceDefaults.Indexing.DynamoDBIndexTable;

namespace OrleansShop.ServiceDefaults.Indexing;

/// <summary>The marks of outboxes: items of the same table under a partition key of their own, which neither searches nor a new import read.</summary>
internal sealed partial class DynamoDBEntityIndex : IOutboxMarkTable
{
    /// <inheritdoc/>
    public async Task<OutboxMark> MarkAsync(EntityKey key, OutboxMark mark, CancellationToken cancellationToken = default)
    {
        var table = await OpenedAsync(cancellationToken);

        // A number that stands is lower than any that comes later: the grain's events are numbered upwards.
        var answer = await table.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = tableName,
                Key = MarkKey(key),
                UpdateExpression = $"SET {Table.UnpublishedFrom} = if_not_exists({Table.UnpublishedFrom}, :from), {Table.MarkToken} = :token, {Table.MarkedAt} = :now",
                ExpressionAttributeValues = new() { [":from"] = Number(mark.From), [":token"] = Number(mark.Token), [":now"] = Number(time.GetUtcNow().ToUnixTimeMilliseconds()) },
                ReturnValues = ReturnValue.ALL_NEW,
            },
            cancellationToken);
        return mark with { From = Math.Min(mark.From, NumberOf(answer.Attributes[Table.UnpublishedFrom])) };
    }

    /// <inheritdoc/>
    public async Task<OutboxMark?> FindMarkAsync(EntityKey key, CancellationToken cancellationToken = default)
    {
        var table = await OpenedAsync(cancellationToken);
        return await ReadAsync(table, MarkKey(key), cancellationToken) is { } item ? new OutboxMark(NumberOf(item[Table.UnpublishedFrom]), NumberOf(item[Table.MarkToken])) : null;
    }

    /// <inheritdoc/>
    public async Task EndMarkAsync(EntityKey key, long token, CancellationToken cancellationToken = default)
    {
        var table = await OpenedAsync(cancellationToken);
        var request = new DeleteItemRequest
        {
            TableName = tableName,
            Key = MarkKey(key),
            ConditionExpression = $"{Table.MarkToken} = :token",
            ExpressionAttributeValues = new() { [":token"] = Number(token) },
        };

        // Refused: a newer mark stands, or this was done before.
        await table.TryWriteAsync("DeleteItem", attempt => table.Client.DeleteItemAsync(request, attempt), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<EntityId>> FindOldMarksAsync(string kind, TimeSpan age, int limit, CancellationToken cancellationToken = default)
    {
        var table = await OpenedAsync(cancellationToken);
        var newest = (time.GetUtcNow() - age).ToUnixTimeMilliseconds();
        var marks = await table.QueryAsync(Items($"{kind}{Table.OutboxOfKind}", prefix: ""), cancellationToken);
        return
        [
            .. marks.Select(static mark => (Id: Table.IdOf(mark), At: NumberOf(mark[Table.MarkedAt])))
                .Where(mark => mark.At <= newest).OrderBy(static mark => mark.At).Select(static mark => mark.Id).Take(limit),
        ];
    }

    private Dictionary<string, AttributeValue> MarkKey(EntityKey key) => Key($"{key.Kind}{Table.OutboxOfKind}", Table.UnpublishedOf(key.Id));

    private static long NumberOf(AttributeValue value) => long.Parse(value.N, CultureInfo.InvariantCulture);
}
