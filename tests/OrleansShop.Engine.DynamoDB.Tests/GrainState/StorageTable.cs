using Amazon.DynamoDBv2;
using Orleans.Configuration;
using Orleans.Storage;
using OrleansShop.Testing.DynamoDB;

namespace OrleansShop.Engine.DynamoDB.Tests.GrainState;

/// <summary>A table that no other test has, and the storages that are opened on it. Disposing it closes them and deletes the table.</summary>
/// <param name="endpoint">Where DynamoDB is.</param>
/// <param name="prefix">Begins the table's name.</param>
internal sealed class StorageTable(string endpoint, string prefix) : IAsyncDisposable
{
    private readonly List<DynamoDBGrainStorage> _opened = [];

    public string Name { get; } = DynamoDBFixture.NewTableName(prefix);

    public IAmazonDynamoDB Client { get; } = DynamoDBSettings.Client(endpoint);

    /// <summary>Opens a storage on the table; at another address than DynamoDB's own, if one is given.</summary>
    public async Task<DynamoDBGrainStorage> OpenAsync(Action<DynamoDBStorageOptions>? configure = null, TimeProvider? time = null, string? through = null)
    {
        var storage = await DynamoDBSettings.OpenAsync(through ?? endpoint, Name, configure, time);
        _opened.Add(storage);
        return storage;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var storage in _opened) await storage.Close(CancellationToken.None);
        await Client.DeleteTableAsync(Name);
        Client.Dispose();
    }
}
