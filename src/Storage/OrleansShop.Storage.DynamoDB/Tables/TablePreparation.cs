using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.DynamoDB.Calling;

namespace OrleansShop.Storage.DynamoDB.Tables;

/// <summary>
/// Gets a table ready at the start: creates it if it is missing and may be created, and checks that it is laid out as its user expects. Many processes do
/// this at the same time; one creates, the others wait.
/// </summary>
internal sealed partial class TablePreparation(DynamoDBTable table, TableLayout layout, TableRules rules, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);

    private IAmazonDynamoDB Client => table.Client;

    /// <exception cref="DynamoDBTableException">It cannot be made ready.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await IsVisible(cancellationToken).ConfigureAwait(false)) return;
        if (await DescribeAsync(cancellationToken).ConfigureAwait(false) is not { } found)
        {
            await CreateAsync(cancellationToken).ConfigureAwait(false);
            found = await WaitUntilActiveAsync(cancellationToken).ConfigureAwait(false);
            Check(found);
            await SetTimeToLiveAsync(isNew: true, cancellationToken).ConfigureAwait(false);
            return;
        }

        Check(found);
        if (found.TableStatus == TableStatus.CREATING) await WaitUntilActiveAsync(cancellationToken).ConfigureAwait(false);
        await SetTimeToLiveAsync(isNew: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The table as it is; null if there is none.</summary>
    public static async Task<TableDescription?> DescribeAsync(DynamoDBTable table, CancellationToken cancellationToken)
    {
        try
        {
            return await table.Calls.SendAsync(
                "DescribeTable", table.Name, CallPolicy.OfStart, async token => (await table.Client.DescribeTableAsync(table.Name, token).ConfigureAwait(false)).Table, cancellationToken).ConfigureAwait(false);
        }
        catch (DynamoDBTableException missing) when (missing.InnerException is ResourceNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether a table has exactly these keys.</summary>
    public static bool HasKeys(IReadOnlyList<KeySchemaElement> schema, IReadOnlyList<AttributeDefinition> attributes, KeyColumn partitionKey, KeyColumn? sortKey)
    {
        return schema.Count == (sortKey is null ? 1 : 2) && Has(partitionKey, KeyType.HASH) && (sortKey is not { } sort || Has(sort, KeyType.RANGE));

        bool Has(KeyColumn key, KeyType type) =>
            schema.Any(element => element.AttributeName == key.Name && element.KeyType == type) && attributes.Any(attribute => attribute.AttributeName == key.Name && attribute.AttributeType == key.Type);
    }

    private Task<TableDescription?> DescribeAsync(CancellationToken cancellationToken) => DescribeAsync(table, cancellationToken);

    // A role that may only read and write items is enough for who neither creates nor updates: then the first call finds out what is wrong.
    private async Task<bool> IsVisible(CancellationToken cancellationToken)
    {
        if (rules.MayCreate || rules.MayUpdate) return true;
        try
        {
            await DescribeAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DynamoDBTableException refused) when (refused.InnerException is { } cause && Failures.IsRefusal(cause))
        {
            LogNotChecked(table.Name, table.Place, cause.Message);
            return false;
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (!rules.MayCreate)
        {
            throw new DynamoDBTableException(
                $"The DynamoDB table \"{table.Name}\" for {layout.Purpose} does not exist at {table.Place}, and CreateIfNotExists is false. Create it with {Wanted()}; or set CreateIfNotExists, and allow the credentials dynamodb:CreateTable and dynamodb:DescribeTable.");
        }

        var request = new CreateTableRequest
        {
            TableName = table.Name,
            KeySchema = Schema(layout.PartitionKey, layout.SortKey),
            AttributeDefinitions = [.. Keys().Distinct().Select(static key => new AttributeDefinition(key.Name, key.Type))],
            BillingMode = rules.ProvisionedUnits is null ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
            ProvisionedThroughput = Throughput(),
            GlobalSecondaryIndexes = layout.Indexes.IsEmpty ? null : [.. layout.Indexes.Select(Index)],
        };
        try
        {
            await table.Calls.SendAsync("CreateTable", table.Name, CallPolicy.OfStart, token => Client.CreateTableAsync(request, token), cancellationToken).ConfigureAwait(false);
            LogCreated(table.Name, table.Place, layout.Purpose);
        }
        catch (ResourceInUseException)
        {
            // Another process was faster, or our own try before this one was heard.
        }
    }

    private async Task<TableDescription> WaitUntilActiveAsync(CancellationToken cancellationToken)
    {
        for (var pause = FirstPoll; ; pause = pause * 2 < LongestPoll ? pause * 2 : LongestPoll)
        {
            if (await DescribeAsync(cancellationToken).ConfigureAwait(false) is { } found && found.TableStatus == TableStatus.ACTIVE) return found;
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Check(TableDescription found)
    {
        if (!HasKeys(found.KeySchema, found.AttributeDefinitions, layout.PartitionKey, layout.SortKey))
        {
            throw new DynamoDBTableException(
                $"The DynamoDB table \"{table.Name}\" at {table.Place} is no table for {layout.Purpose}: it has the keys {string.Join(", ", found.KeySchema.Select(static key => $"{key.AttributeName} ({key.KeyType.Value})"))}, and {Wanted()} is needed. Name another table.");
        }

        foreach (var index in layout.Indexes)
        {
            var there = found.GlobalSecondaryIndexes?.FirstOrDefault(other => other.IndexName == index.Name);
            if (there is null || !HasKeys(there.KeySchema, found.AttributeDefinitions, index.PartitionKey, index.SortKey))
                throw new DynamoDBTableException($"The DynamoDB table \"{table.Name}\" at {table.Place} lacks the global secondary index {index}, with all attributes. Add it.");
        }
    }

    private async Task SetTimeToLiveAsync(bool isNew, CancellationToken cancellationToken)
    {
        if (layout.TimeToLiveAttribute is not { } attribute) return;
        if (!isNew && (!rules.MayUpdate || !layout.NeedsTimeToLive)) return;
        try
        {
            await SetTimeToLiveAsync(attribute, cancellationToken).ConfigureAwait(false);
        }
        catch (DynamoDBTableException refused) when (!layout.NeedsTimeToLive && refused.InnerException is { } cause && Failures.IsRefusal(cause))
        {
            LogItemsStay(table.Name, table.Place, attribute, cause.Message);
        }
    }

    private async Task SetTimeToLiveAsync(string attribute, CancellationToken cancellationToken)
    {
        var current = await table.Calls.SendAsync(
            "DescribeTimeToLive", table.Name, CallPolicy.OfStart, token => Client.DescribeTimeToLiveAsync(new DescribeTimeToLiveRequest { TableName = table.Name }, token), cancellationToken).ConfigureAwait(false);
        if (IsOn(current.TimeToLiveDescription) is { } on)
        {
            if (on != attribute)
                throw new DynamoDBTableException($"The DynamoDB table \"{table.Name}\" at {table.Place} deletes items by the attribute {on}; it has to be {attribute}, or TimeToLive is left unset.");
            return;
        }

        var request = new UpdateTimeToLiveRequest { TableName = table.Name, TimeToLiveSpecification = new() { AttributeName = attribute, Enabled = true } };
        try
        {
            await table.Calls.SendAsync("UpdateTimeToLive", table.Name, CallPolicy.OfStart, token => Client.UpdateTimeToLiveAsync(request, token), cancellationToken).ConfigureAwait(false);
            LogTimeToLive(table.Name, table.Place, attribute);
        }
        catch (DynamoDBTableException refused) when (refused.InnerException is AmazonDynamoDBException { ErrorCode: "ValidationException" } cause && cause.Message.Contains("already enabled", StringComparison.OrdinalIgnoreCase))
        {
            // Another process was faster.
        }
    }

    private static string? IsOn(TimeToLiveDescription? description) =>
        description?.TimeToLiveStatus is { } status && (status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING) ? description.AttributeName : null;

    private string Wanted() => layout.Indexes.IsEmpty ? $"{layout}" : $"{layout}, and the global secondary indexes {string.Join("; ", layout.Indexes)}";

    private IEnumerable<KeyColumn> Keys()
    {
        yield return layout.PartitionKey;
        if (layout.SortKey is { } sort) yield return sort;
        foreach (var index in layout.Indexes)
        {
            yield return index.PartitionKey;
            if (index.SortKey is { } indexSort) yield return indexSort;
        }
    }

    private GlobalSecondaryIndex Index(TableIndex index) => new()
    {
        IndexName = index.Name,
        KeySchema = Schema(index.PartitionKey, index.SortKey),
        Projection = new Projection { ProjectionType = ProjectionType.ALL },
        ProvisionedThroughput = Throughput(),
    };

    private ProvisionedThroughput? Throughput() => rules.ProvisionedUnits is var (read, write) ? new ProvisionedThroughput(read, write) : null;

    private static List<KeySchemaElement> Schema(KeyColumn partitionKey, KeyColumn? sortKey) =>
        sortKey is { } sort ? [new(partitionKey.Name, KeyType.HASH), new(sort.Name, KeyType.RANGE)] : [new(partitionKey.Name, KeyType.HASH)];
}
