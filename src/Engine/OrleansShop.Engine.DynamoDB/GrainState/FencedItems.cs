using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using OrleansShop.Engine.Storage;
using OrleansShop.Storage.DynamoDB;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.GrainState;

/// <summary>
/// Where fences are. A state that is there has its fence in its own item, so that one condition covers ETag and fence. A state that is not there must have one
/// too, or an overtaken activation could create it: in an item of its own, whose key the official engine never asks for. To it, a state that is not there has no item.
/// </summary>
internal static class FencedItems
{
    /// <summary>The condition that <see cref="StoredFence.Admits"/> says, for <see cref="Put"/>'s values.</summary>
    public const string Admitted =
        $"(attribute_not_exists({GrainStateTable.Fence}) OR ({GrainStateTable.FenceHistory} = :history AND {GrainStateTable.Fence} <= :fence))";

    /// <summary>What a write of the fence sets, with <see cref="Put"/>'s values.</summary>
    public const string Assignment = $"{GrainStateTable.Fence} = :fence, {GrainStateTable.FenceHistory} = :history";

    private const string Lower =
        $"(attribute_not_exists({GrainStateTable.Fence}) OR {GrainStateTable.FenceHistory} <> :history OR {GrainStateTable.Fence} < :fence)";

    // Who has the state's own item may put its fence in the place of one of another history, and of its own: see the item's condition.
    private const string NotHigher =
        $"(attribute_not_exists({GrainStateTable.Fence}) OR {GrainStateTable.FenceHistory} <> :history OR {GrainStateTable.Fence} <= :fence)";

    private const int MaxRounds = 10;

    // Longer than any process is frozen that anybody lets live.
    private static readonly TimeSpan AbsentFencesLast = TimeSpan.FromDays(1);

    /// <summary>The fence of an item; null if it has none.</summary>
    public static StoredFence? FenceOf(IReadOnlyDictionary<string, AttributeValue>? item) =>
        item is not null && item.TryGetValue(GrainStateTable.Fence, out var fence) && fence.N is { } number
            ? new StoredFence(item.TryGetValue(GrainStateTable.FenceHistory, out var history) ? history.S ?? "" : "", long.Parse(number, CultureInfo.InvariantCulture))
            : null;

    /// <summary>The values of <see cref="Admitted"/> and <see cref="Assignment"/>.</summary>
    public static void Put(Dictionary<string, AttributeValue> values, Fence fence)
    {
        values[":fence"] = new AttributeValue { N = TextOf(fence.Number) };
        values[":history"] = new AttributeValue(fence.History);
    }

    /// <summary>Reads the item of a state, after the fence was raised where that has to be. Null if the state is not there.</summary>
    /// <remarks>
    /// In this order: who finds no state raises the fence of what is not there, and looks again. What an overtaken activation has created before is found then, and
    /// it creates nothing any more.
    /// </remarks>
    public static async Task<Dictionary<string, AttributeValue>?> ReadAsync(DynamoDBTable table, GrainStateKey key, Fence fence, long nowSeconds, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var item = await GetAsync(table, key.Attributes(), cancellationToken).ConfigureAwait(false);
            if (StoredState.IsThere(item, nowSeconds))
            {
                if (!StoredFence.IsRaisedBy(FenceOf(item), fence)) return item;
                if (await RaiseAsync(table, key, fence, cancellationToken).ConfigureAwait(false) is { Count: > 0 } raised && StoredState.IsThere(raised, nowSeconds)) return raised;
            }
            else if (!await RaiseAbsentAsync(table, key, fence, nowSeconds, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }

        throw new DynamoDBTableException($"{key} in the DynamoDB table \"{table.Name}\" at {table.Place} has come and gone during each of {MaxRounds} reads.") { MayPass = true };
    }

    /// <summary>Reads the fence of a state that is not there; null if it has none.</summary>
    public static async Task<StoredFence?> ReadAbsentAsync(DynamoDBTable table, GrainStateKey key, CancellationToken cancellationToken) =>
        FenceOf(await GetAsync(table, key.FenceAttributes(), cancellationToken).ConfigureAwait(false));

    /// <summary>The item of a state as it is; null or empty if there is none.</summary>
    public static async Task<Dictionary<string, AttributeValue>?> GetAsync(DynamoDBTable table, Dictionary<string, AttributeValue> key, CancellationToken cancellationToken) =>
        (await table.GetItemAsync(new GetItemRequest { TableName = table.Name, Key = key, ConsistentRead = true }, cancellationToken).ConfigureAwait(false)).Item;

    /// <summary>The part of a transaction that lets it happen only if the fence of what is not there admits it.</summary>
    public static TransactWriteItem CheckAbsent(DynamoDBTable table, GrainStateKey key, Fence fence)
    {
        var check = new ConditionCheck
        {
            TableName = table.Name,
            Key = key.FenceAttributes(),
            ConditionExpression = Admitted,
            ExpressionAttributeValues = [],
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        Put(check.ExpressionAttributeValues, fence);
        return new() { ConditionCheck = check };
    }

    /// <summary>The part of a transaction that keeps the fence of a state that it deletes.</summary>
    public static TransactWriteItem KeepAbsent(DynamoDBTable table, GrainStateKey key, Fence fence, long nowSeconds)
    {
        var update = new Update
        {
            TableName = table.Name,
            Key = key.FenceAttributes(),
            UpdateExpression = $"SET {Assignment}, {GrainStateTable.GrainTtl} = :until",
            ConditionExpression = NotHigher,
            ExpressionAttributeValues = AbsentValues(fence, nowSeconds),
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        return new() { Update = update };
    }

    // The item afterwards, which has this fence or a higher one, whoever has raised it; null or empty if it is gone.
    private static async Task<Dictionary<string, AttributeValue>?> RaiseAsync(DynamoDBTable table, GrainStateKey key, Fence fence, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = table.Name,
            Key = key.Attributes(),
            UpdateExpression = $"SET {Assignment}",
            ConditionExpression = $"attribute_exists({GrainStateTable.ETag}) AND {Lower}",
            ExpressionAttributeValues = [],
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        Put(request.ExpressionAttributeValues, fence);
        try
        {
            return (await table.UpdateItemAsync(request, cancellationToken).ConfigureAwait(false)).Attributes;
        }
        catch (ConditionalCheckFailedException faster)
        {
            return faster.Item;
        }
    }

    // False if nothing has to be raised. Else the state has to be looked for again: it may have been created a moment before.
    private static async Task<bool> RaiseAbsentAsync(DynamoDBTable table, GrainStateKey key, Fence fence, long nowSeconds, CancellationToken cancellationToken)
    {
        if (!StoredFence.IsRaisedBy(await ReadAbsentAsync(table, key, cancellationToken).ConfigureAwait(false), fence)) return false;
        var request = new UpdateItemRequest
        {
            TableName = table.Name,
            Key = key.FenceAttributes(),
            UpdateExpression = $"SET {Assignment}, {GrainStateTable.GrainTtl} = :until",
            ConditionExpression = Lower,
            ExpressionAttributeValues = AbsentValues(fence, nowSeconds),
        };
        try
        {
            await table.UpdateItemAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException)
        {
            // Somebody else has put a higher one there, or our own try before this one has done it.
        }

        return true;
    }

    private static Dictionary<string, AttributeValue> AbsentValues(Fence fence, long nowSeconds)
    {
        var values = new Dictionary<string, AttributeValue> { [":until"] = new() { N = TextOf(nowSeconds + (long)AbsentFencesLast.TotalSeconds) } };
        Put(values, fence);
        return values;
    }

    private static string TextOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
