using Amazon.DynamoDBv2;

namespace OrleansShop.Storage.DynamoDB.Connecting;

/// <summary>A client and where it calls.</summary>
/// <param name="Client">Thread-safe; belongs to whoever connected.</param>
/// <param name="Place">The region or the URL, for messages.</param>
internal sealed record DynamoDBConnection(IAmazonDynamoDB Client, string Place) : IDisposable
{
    public void Dispose() => Client.Dispose();
}
