using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.DynamoDB.GrainState;

/// <summary>
/// One write of a state, or a clear that leaves an item behind, in the forms in which DynamoDB is asked for it. Each is conditional on what was read, on the time to live and on the
/// fence. The forms may be sent one after the other: the write is done once.
/// </summary>
/// <param name="Key">Which state.</param>
/// <param name="Current">The ETag that was read; null if nothing was.</param>
/// <param name="Next">The ETag that the state gets.</param>
/// <param name="Content">The state; null if it is cleared.</param>
/// <param name="Fence">The activation's; null if it has none. Then the one in the item stays.</param>
/// <param name="NowSeconds">By the clock of this process, in seconds of the epoch.</param>
/// <param name="UntilSeconds">Until when the state then exists, in seconds of the epoch; null for ever.</param>
internal sealed record StateWrite(GrainStateKey Key, string? Current, string Next, StateContent? Content, Fence? Fence, long NowSeconds, long? UntilSeconds)
{
    private const string FirstWrite = $"attribute_not_exists({GrainStateTable.GrainReference}) OR {GrainStateTable.GrainTtl} <= :now";
    private const string LaterWrite = $"{GrainStateTable.ETag} = :current AND (attribute_not_exists({GrainStateTable.GrainTtl}) OR {GrainStateTable.GrainTtl} > :now)";
    private const int TokenBytes = 12;

    private readonly byte[] _token = RandomNumberGenerator.GetBytes(TokenBytes);

    /// <summary>The write as nearly all are: of a state that has a fence already, and a time to live if and only if it gets one. Needs an ETag and a fence.</summary>
    /// <remarks>
    /// The comparisons are narrower than the condition of <see cref="AsUpdate"/>: what they refuse, that may accept. They are in the form that DynamoDB had before expressions,
    /// because DynamoDB Local parses an expression anew with each request, which costs it a tenth of a write. A refusal says nothing of what is there: the parameter that asks for
    /// it is documented beside expressions only. Benchmark: dynamodb-writes.
    /// </remarks>
    public PutItemRequest AsReplacement(string table)
    {
        var (current, fence) = (Current!, Fence!.Value);
        var item = Key.Attributes();
        item[GrainStateTable.State] = State();
        item[GrainStateTable.ETag] = Number(Next);
        item[GrainStateTable.WriteToken] = Token();
        item[GrainStateTable.Fence] = Number(fence.Number);
        item[GrainStateTable.FenceHistory] = new(fence.History);
        if (Encoding() is { } encoding) item[GrainStateTable.GrainStateEncoding] = encoding;
        if (UntilSeconds is { } until) item[GrainStateTable.GrainTtl] = Number(until);
        return new()
        {
            TableName = table,
            Item = item,
            Expected = new()
            {
                [GrainStateTable.ETag] = Expect(ComparisonOperator.EQ, Number(current)),
                [GrainStateTable.FenceHistory] = Expect(ComparisonOperator.EQ, new(fence.History)),
                [GrainStateTable.Fence] = Expect(ComparisonOperator.LE, Number(fence.Number)),
                [GrainStateTable.GrainTtl] = UntilSeconds is null ? new() { ComparisonOperator = ComparisonOperator.NULL } : Expect(ComparisonOperator.GT, Number(NowSeconds)),
            },
        };
    }

    /// <summary>The write of whatever state is there. A refusal comes with the item.</summary>
    public UpdateItemRequest AsUpdate(string table)
    {
        var values = Condition(Current, Fence, NowSeconds, out var condition);
        return new()
        {
            TableName = table,
            Key = Key.Attributes(),
            UpdateExpression = Assignments(values),
            ExpressionAttributeValues = values,
            ConditionExpression = condition,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    /// <summary>The same as a part of a transaction.</summary>
    public Update AsPart(string table)
    {
        var update = AsUpdate(table);
        return new()
        {
            TableName = update.TableName,
            Key = update.Key,
            UpdateExpression = update.UpdateExpression,
            ExpressionAttributeValues = update.ExpressionAttributeValues,
            ConditionExpression = update.ConditionExpression,
            ReturnValuesOnConditionCheckFailure = update.ReturnValuesOnConditionCheckFailure,
        };
    }

    /// <summary>Whether an item is what this write has stored.</summary>
    public bool IsIn(Dictionary<string, AttributeValue>? item) =>
        item is not null && item.TryGetValue(GrainStateTable.WriteToken, out var stored) && stored.B is { } bytes && bytes.ToArray().AsSpan().SequenceEqual(_token);

    /// <summary>What has to hold of an item that is written or deleted, and the values in that expression.</summary>
    /// <param name="current">The ETag that was read; null if nothing was: then the fence is elsewhere.</param>
    /// <param name="fence">The activation's; null for none.</param>
    /// <param name="nowSeconds">In seconds of the epoch.</param>
    /// <param name="expression">The condition.</param>
    public static Dictionary<string, AttributeValue> Condition(string? current, Fence? fence, long nowSeconds, out string expression)
    {
        var values = new Dictionary<string, AttributeValue> { [":now"] = Number(nowSeconds) };
        expression = current is null ? FirstWrite : fence is null ? LaterWrite : $"{LaterWrite} AND {FencedItems.Admitted}";
        if (current is null) return values;
        values[":current"] = Number(current);
        if (fence is { } mine) FencedItems.Put(values, mine);
        return values;
    }

    private string Assignments(Dictionary<string, AttributeValue> values)
    {
        var set = $"SET {GrainStateTable.State} = :state, {GrainStateTable.ETag} = :etag, {GrainStateTable.WriteToken} = :token";
        var remove = "";
        values[":state"] = State();
        values[":etag"] = Number(Next);
        values[":token"] = Token();
        Put(GrainStateTable.GrainStateEncoding, ":encoding", Encoding());
        Put(GrainStateTable.GrainTtl, ":ttl", UntilSeconds is { } until ? Number(until) : null);
        if (Fence is { } fence)
        {
            set += $", {FencedItems.Assignment}";
            FencedItems.Put(values, fence);
        }

        return set + remove;

        void Put(string attribute, string name, AttributeValue? value)
        {
            if (value is null)
            {
                remove += $"{(remove.Length == 0 ? " REMOVE " : ", ")}{attribute}";
                return;
            }

            set += $", {attribute} = {name}";
            values[name] = value;
        }
    }

    private AttributeValue State() => Content is { } written ? new() { B = AsStream(written.Bytes) } : new() { NULL = true };

    private AttributeValue? Encoding() => Content is { IsCompressed: true } ? new($"{StateContent.Brotli}@{Next}") : null;

    private AttributeValue Token() => new() { B = new MemoryStream(_token, 0, _token.Length, writable: false, publiclyVisible: true) };

    private static ExpectedAttributeValue Expect(ComparisonOperator comparison, AttributeValue value) => new() { ComparisonOperator = comparison, AttributeValueList = [value] };

    private static AttributeValue Number(long number) => Number(number.ToString(CultureInfo.InvariantCulture));

    private static AttributeValue Number(string number) => new() { N = number };

    // Only a stream that begins where its array does is safe in the SDK's hands.
    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var segment) && segment is { Offset: 0, Array: { } array }
        ? new MemoryStream(array, 0, segment.Count, writable: false, publiclyVisible: true)
        : new MemoryStream(bytes.ToArray());
}
