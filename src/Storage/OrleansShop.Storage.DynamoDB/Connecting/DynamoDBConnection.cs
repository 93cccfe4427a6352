using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging;
using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.DynamoDB.Calling;

namespace OrleansShop.Storage.DynamoDB.Connecting;

/// <summary>A client and where it calls.</summary>
/// <param name="Client">Thread-safe; belongs to whoever connected.</param>
/// <param name="Place">The region or the URL, for messages.</param>
internal sealed record DynamoDBConnection(IAmazonDynamoDB Client, string Place) : IDisposable
{
    /// <summary>Calls by this client that are repeated; it repeats nothing itself.</summary>
    public RepeatedCalls Calls(TimeProvider time, ILogger logger) => new(CalledTables.Instance, Place, time, logger);

    public void Dispose() => Client.Dispose();
}
