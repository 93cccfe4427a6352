using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.DynamoDB;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.Reminders;

/// <summary>
/// Takes a service's reminders over from the official engine's table, once: a mark in our table says that it was done, and each write of the import is
/// conditional on there being none yet. Nothing in our table changes before that mark, so that silos which import at the same time cannot bring back what an
/// earlier one has removed since. The official table is only read.
/// </summary>
internal sealed partial class OfficialReminders(DynamoDBTable ours, DynamoDBTable official, string serviceId, TimeProvider time, ILogger logger)
{
    /// <summary>DynamoDB takes 100 writes in a transaction; one is the look at the mark.</summary>
    private const int RowsPerTransaction = 99;

    private static readonly KeyColumn PartitionKey = KeyColumn.Text("ReminderId");
    private static readonly KeyColumn SortKey = KeyColumn.Number("GrainHash");

    private Dictionary<string, AttributeValue> Mark => new() { [ShardedTable.Shard] = new($"{serviceId}#import"), [ShardedTable.Reminder] = new("done") };

    /// <exception cref="DynamoDBTableException">The official table cannot be read, or a row of it cannot. Says which.</exception>
    public async Task ImportOnceAsync(CancellationToken cancellationToken)
    {
        if (await IsDoneAsync(cancellationToken)) return;

        var rows = await ReadAsync(cancellationToken);
        foreach (var some in rows.Chunk(RowsPerTransaction))
        {
            if (!await WriteAsync(some, cancellationToken)) return;
        }

        if (await SetMarkAsync(rows.Count, cancellationToken)) LogImported(rows.Count, official.Name, ours.Name, ours.Place);
    }

    private async Task<bool> IsDoneAsync(CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = ours.Name, Key = Mark, ConsistentRead = true };
        return (await ours.Calls.SendAsync("GetItem", ours.Name, CallPolicy.OfStart, token => ours.Client.GetItemAsync(request, token), cancellationToken)).Item is { Count: > 0 };
    }

    private async Task<List<ReminderEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        if (await TablePreparation.DescribeAsync(official, cancellationToken) is not { } found) return [];
        if (!TablePreparation.HasKeys(found.KeySchema, found.AttributeDefinitions, PartitionKey, SortKey))
        {
            throw new DynamoDBTableException(
                $"The DynamoDB table \"{official.Name}\" at {official.Place} is not a table of reminders of the official engine, whose keys are {TableLayout.Describe(PartitionKey, SortKey)}; it cannot be taken over from. Name another TableName.");
        }

        // The table itself and not its index by service, which lags behind.
        var items = new List<Dictionary<string, AttributeValue>>();
        var request = new ScanRequest
        {
            TableName = official.Name,
            ConsistentRead = true,
            FilterExpression = "ServiceId = :service",
            ExpressionAttributeValues = new() { [":service"] = new AttributeValue(serviceId) },
        };
        do
        {
            var page = await official.Calls.SendAsync("Scan", official.Name, CallPolicy.OfStart, token => official.Client.ScanAsync(request, token), cancellationToken);
            if (page.Items is { } some) items.AddRange(some);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        var times = OfficialTimes.Of(items.Select(static item => item.GetValueOrDefault("StartTime")?.S));

        // Versions of the official engine have hashed differently: of one reminder's rows the one with today's hash is the newest.
        return
        [
            .. items.Select(item => (Entry: EntryOf(item, times), Hash: item[SortKey.Name].N))
                .OrderByDescending(static row => row.Hash == row.Entry.GrainId.GetUniformHashCode().ToString(CultureInfo.InvariantCulture))
                .Select(static row => row.Entry)
                .DistinctBy(static entry => (entry.GrainId, entry.ReminderName)),
        ];
    }

    private ReminderEntry EntryOf(Dictionary<string, AttributeValue> item, OfficialTimes times)
    {
        var id = item[PartitionKey.Name].S;
        if (!GrainId.TryParse(Text("GrainReference"), CultureInfo.InvariantCulture, out var grain)) throw Unreadable("GrainReference");
        if (times.Read(Text("StartTime")) is not { } start) throw Unreadable("StartTime");
        if (!TimeSpan.TryParse(Text("Period"), CultureInfo.InvariantCulture, out var period) || period <= TimeSpan.Zero) throw Unreadable("Period");
        return new ReminderEntry { GrainId = grain, ReminderName = Text("ReminderName"), StartAt = start, Period = period };

        string Text(string attribute) => item.GetValueOrDefault(attribute)?.S ?? throw Unreadable(attribute);

        DynamoDBTableException Unreadable(string attribute) => new(
            $"The reminder \"{id}\" in the DynamoDB table \"{official.Name}\" at {official.Place} cannot be taken over: its {attribute} is \"{item.GetValueOrDefault(attribute)?.S}\", which cannot be read. Correct or delete the item.");
    }

    // False if another silo has finished the import meanwhile.
    private async Task<bool> WriteAsync(IReadOnlyCollection<ReminderEntry> entries, CancellationToken cancellationToken)
    {
        var request = new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { ConditionCheck = new() { TableName = ours.Name, Key = Mark, ConditionExpression = $"attribute_not_exists({ShardedTable.Reminder})" } },
                .. entries.Select(entry => new TransactWriteItem { Put = new() { TableName = ours.Name, Item = ShardedTable.ItemOf(serviceId, entry, "imported") } }),
            ],
        };
        try
        {
            await ours.Calls.SendAsync("TransactWriteItems", ours.Name, CallPolicy.OfStart, token => ours.Client.TransactWriteItemsAsync(request, token), cancellationToken);
            return true;
        }
        catch (TransactionCanceledException canceled) when (canceled.CancellationReasons is [{ Code: "ConditionalCheckFailed" }, ..])
        {
            return false;
        }
        catch (TransactionCanceledException canceled)
        {
            throw new DynamoDBTableException(
                $"Reminders cannot be written to the DynamoDB table \"{ours.Name}\" at {ours.Place}: {string.Join(", ", canceled.CancellationReasons.Select(static reason => $"{reason.Code} {reason.Message}").Distinct())}", canceled);
        }
    }

    private async Task<bool> SetMarkAsync(int rows, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest
        {
            TableName = ours.Name,
            Item = new(Mark) { ["ImportedAt"] = new(ShardedTable.TextOf(time.GetUtcNow().UtcDateTime)), ["Rows"] = new() { N = rows.ToString(CultureInfo.InvariantCulture) } },
            ConditionExpression = $"attribute_not_exists({ShardedTable.Reminder})",
        };
        try
        {
            await ours.Calls.SendAsync("PutItem", ours.Name, CallPolicy.OfStart, token => ours.Client.PutItemAsync(request, token), cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            // Another silo was faster, with the same rows; or our own try before this one was heard.
            return false;
        }
    }
}
