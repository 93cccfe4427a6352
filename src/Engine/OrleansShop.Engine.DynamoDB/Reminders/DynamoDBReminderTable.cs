using System.Collections.Concurrent;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Reminders;
using OrleansShop.Storage.DynamoDB;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.Reminders;

/// <summary>Reminders in DynamoDB, laid out as <see cref="ShardedTable"/> says. All reads are strongly consistent.</summary>
internal sealed class DynamoDBReminderTable(DynamoDBReminderStorageOptions options, string serviceId, TimeProvider time, ILogger<DynamoDBReminderTable> logger)
    : IReminderTable, IReminderTickLog, IDisposable
{
    private const int ParallelCalls = 16;
    private const int MaxUpsertRounds = 5;
    private const int ETagBytes = 12;

    private readonly string _tableName = options.ShardedTableName();
    private DynamoDBTable? _table;

    private DynamoDBTable Table => Volatile.Read(ref _table)
        ?? throw new InvalidOperationException($"The reminder table \"{_tableName}\" in DynamoDB was used before it was started, or after it was stopped.");

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _table) is not null) return;
        DynamoDBConnection? connection = null;
        try
        {
            connection = options.Endpoint().Connect();
            var calls = connection.Calls(time, logger);
            var table = new DynamoDBTable(connection.Client, _tableName, calls);
            await new TablePreparation(table, ShardedTable.Layout, options.Rules(), time, logger).RunAsync(cancellationToken);
            await new OfficialReminders(table, new DynamoDBTable(connection.Client, options.TableName, calls), serviceId, time, logger).ImportOnceAsync(cancellationToken);
            Volatile.Write(ref _table, table);
        }
        catch (DynamoDBTableException lasting) when (!lasting.MayPass)
        {
            connection?.Dispose();
            throw new OrleansConfigurationException(lasting.Message, lasting);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => Interlocked.Exchange(ref _table, null)?.Client.Dispose();

    public async Task<ReminderTableData> ReadRows(GrainId grainId)
    {
        var request = Query("begins_with(#reminder, :prefix)", ShardedTable.ShardOf(serviceId, grainId.GetUniformHashCode()));
        request.ExpressionAttributeValues[":prefix"] = new AttributeValue(ShardedTable.PrefixOf(grainId));
        var items = await Table.QueryAsync(request, CancellationToken.None);
        return new ReminderTableData(items.Select(ShardedTable.EntryOf));
    }

    public async Task<ReminderTableData> ReadRows(uint begin, uint end) => new((await ReadItems(begin, end)).Select(ShardedTable.EntryOf));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        await ReadItem(ShardedTable.KeyOf(serviceId, grainId, reminderName)) is { } item ? ShardedTable.EntryOf(item) : null;

    // On what was there a moment ago, and not whatever is there: a write that is repeated because its answer was lost would else undo another's that came after it.
    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var etag = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ETagBytes));
        var item = ShardedTable.ItemOf(serviceId, entry, etag);
        var key = ShardedTable.KeyOf(serviceId, entry.GrainId, entry.ReminderName);
        for (var round = 0; round < MaxUpsertRounds; round++)
        {
            var there = await ReadItem(key);
            switch (await Replace(item, there?[ShardedTable.ETag].S))
            {
                case Outcome.Done: return etag;
                case Outcome.Unknown: return null;
                case Outcome.Refused: continue;
            }
        }

        return null;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        var request = new DeleteItemRequest
        {
            TableName = _tableName,
            Key = ShardedTable.KeyOf(serviceId, grainId, reminderName),
            ConditionExpression = "#etag = :etag",
            ExpressionAttributeNames = new() { ["#etag"] = ShardedTable.ETag },
            ExpressionAttributeValues = new() { [":etag"] = new AttributeValue(eTag) },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        var table = Table;
        var refused = await table.TryWriteAsync("DeleteItem", token => table.Client.DeleteItemAsync(request, token), CancellationToken.None);

        // Gone after a try whose answer did not come: it was that try.
        return refused is null or { MayBeDoneBefore: true };
    }

    public async Task TestOnlyClearTable() => await ForEach(await ReadItems(0, 0), async item => await Table.SendAsync(
        "DeleteItem",
        token => Table.Client.DeleteItemAsync(_tableName, new() { [ShardedTable.Shard] = item[ShardedTable.Shard], [ShardedTable.Reminder] = item[ShardedTable.Reminder] }, token),
        CancellationToken.None));

    public async Task<IReadOnlyList<ReminderTick>> ReadTicks(uint begin, uint end) =>
        [.. (await ReadItems(begin, end)).Where(static item => item.ContainsKey(ShardedTable.LastTick)).Select(static item => new ReminderTick(
            GrainId.Parse(item[ShardedTable.GrainId].S), item[ShardedTable.ReminderName].S, ShardedTable.TimeOf(item[ShardedTable.LastTick].S)))];

    public Task RecordTicks(IReadOnlyCollection<ReminderTick> ticks)
    {
        ArgumentNullException.ThrowIfNull(ticks);
        return ForEach(ticks, RecordTick);
    }

    private async Task RecordTick(ReminderTick tick)
    {
        var request = new UpdateItemRequest
        {
            TableName = _tableName,
            Key = ShardedTable.KeyOf(serviceId, tick.GrainId, tick.ReminderName),
            UpdateExpression = "SET #tick = :tick",
            ConditionExpression = "attribute_exists(#etag) AND (attribute_not_exists(#tick) OR #tick < :tick)",
            ExpressionAttributeNames = new() { ["#tick"] = ShardedTable.LastTick, ["#etag"] = ShardedTable.ETag },
            ExpressionAttributeValues = new() { [":tick"] = new AttributeValue(ShardedTable.TextOf(tick.DueAt)) },
        };
        try
        {
            await Table.UpdateItemAsync(request, CancellationToken.None);
        }
        catch (ConditionalCheckFailedException)
        {
            // The reminder is gone, or ticked later already: either way there is nothing to record.
        }
    }

    private async Task<Outcome> Replace(Dictionary<string, AttributeValue> item, string? etag)
    {
        var request = new PutItemRequest
        {
            TableName = _tableName,
            Item = item,
            ConditionExpression = etag is null ? "attribute_not_exists(#etag)" : "#etag = :etag",
            ExpressionAttributeNames = new() { ["#etag"] = ShardedTable.ETag },
            ExpressionAttributeValues = etag is null ? null : new() { [":etag"] = new AttributeValue(etag) },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        var table = Table;
        if (await table.TryWriteAsync("PutItem", token => table.Client.PutItemAsync(request, token), CancellationToken.None) is not { } refused) return Outcome.Done;
        if (refused.Cause.Item is { } there && there.TryGetValue(ShardedTable.ETag, out var stored) && stored.S == item[ShardedTable.ETag].S) return Outcome.Done;

        // After one try it is certain that nothing was written. After more, ours may have been, and been replaced since.
        return refused.Tries == 1 ? Outcome.Refused : Outcome.Unknown;
    }

    private async Task<Dictionary<string, AttributeValue>?> ReadItem(Dictionary<string, AttributeValue> key)
    {
        var answer = await Table.GetItemAsync(new GetItemRequest { TableName = _tableName, Key = key, ConsistentRead = true }, CancellationToken.None);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    private async Task<IReadOnlyCollection<Dictionary<string, AttributeValue>>> ReadItems(uint begin, uint end)
    {
        var found = new ConcurrentBag<Dictionary<string, AttributeValue>>();
        await ForEach(ShardedTable.Within(serviceId, begin, end), async part =>
        {
            var request = Query("#reminder BETWEEN :from AND :to", part.Shard);
            request.ExpressionAttributeValues[":from"] = new AttributeValue(part.From);
            request.ExpressionAttributeValues[":to"] = new AttributeValue(part.To);
            foreach (var item in await Table.QueryAsync(request, CancellationToken.None)) found.Add(item);
        });
        return found;
    }

    private QueryRequest Query(string whichReminders, string shard) => new()
    {
        TableName = _tableName,
        ConsistentRead = true,
        KeyConditionExpression = $"#shard = :shard AND {whichReminders}",
        ExpressionAttributeNames = new() { ["#shard"] = ShardedTable.Shard, ["#reminder"] = ShardedTable.Reminder },
        ExpressionAttributeValues = new() { [":shard"] = new AttributeValue(shard) },
    };

    private static Task ForEach<T>(IEnumerable<T> items, Func<T, Task> action) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = ParallelCalls }, (item, _) => new ValueTask(action(item)));

    private enum Outcome
    {
        Done,
        Refused,
        Unknown,
    }
}
