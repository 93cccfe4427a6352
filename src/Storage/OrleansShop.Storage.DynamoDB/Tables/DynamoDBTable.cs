using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Storage.DynamoDB.Tables;

/// <summary>One table and the calls to it. Thread-safe.</summary>
/// <param name="Client">Sends.</param>
/// <param name="Name">The table's name, or its ARN.</param>
/// <param name="Calls">Repeats.</param>
internal sealed partial record DynamoDBTable(IAmazonDynamoDB Client, string Name, RepeatedCalls Calls)
{
    /// <summary>DynamoDB's limit of an item: the names of its attributes and their values, in bytes.</summary>
    public const int MaxItemBytes = 400 * 1024;

    /// <summary>DynamoDB's limit of a partition key in UTF-8.</summary>
    public const int MaxPartitionKeyBytes = 2048;

    /// <summary>DynamoDB's limit of a sort key in UTF-8.</summary>
    public const int MaxSortKeyBytes = 1024;

    /// <summary>For messages.</summary>
    public string Place => Calls.Place;

    /// <summary>Whether DynamoDB takes a name.</summary>
    public static bool IsName(string? name) => name is not null && (TableName().IsMatch(name) || name.StartsWith("arn:", StringComparison.Ordinal));

    public Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken) =>
        SendAsync("GetItem", token => Client.GetItemAsync(request, token), cancellationToken);

    public Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken) =>
        SendAsync("UpdateItem", token => Client.UpdateItemAsync(request, token), cancellationToken);

    public Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken) =>
        SendAsync("PutItem", token => Client.PutItemAsync(request, token), cancellationToken);

    /// <summary>Reads all pages of a query.</summary>
    public async Task<List<Dictionary<string, AttributeValue>>> QueryAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        do
        {
            var page = await SendAsync("Query", token => Client.QueryAsync(request, token), cancellationToken).ConfigureAwait(false);
            if (page.Items is { } found) items.AddRange(found);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return items;
    }

    /// <summary>Sends a call of which a grain's turn may wait for the end.</summary>
    public Task<T> SendAsync<T>(string operation, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken) =>
        Calls.SendAsync(operation, Name, CallPolicy.OfTurns, send, cancellationToken);

    /// <summary>Sends a conditional write of which a grain's turn may wait for the end, and counts its tries. Null if it was done.</summary>
    public async Task<RefusedWrite?> TryWriteAsync<T>(string operation, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var tries = 0;
        try
        {
            await SendAsync(
                operation,
                token =>
                {
                    tries++;
                    return send(token);
                },
                cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ConditionalCheckFailedException refused)
        {
            return new RefusedWrite(refused, tries);
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_.-]{3,255}$")]
    private static partial Regex TableName();
}
