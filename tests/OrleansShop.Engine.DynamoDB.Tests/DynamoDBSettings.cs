using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Engine.Storage;
using OrleansShop.Storage.DynamoDB.Connecting;

namespace OrleansShop.Engine.DynamoDB.Tests;

/// <summary>What tests open.</summary>
internal static class DynamoDBSettings
{
    /// <summary>A serializer that has no settings of its own.</summary>
    public static IGrainStorageSerializer PlainJson { get; } = new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions()));

    /// <summary>A bare client of the SDK.</summary>
    public static IAmazonDynamoDB Client(string endpoint) => new DynamoDBEndpoint(endpoint).Connect().Client;

    /// <summary>A provider that is ready.</summary>
    public static async Task<DynamoDBGrainStorage> OpenAsync(string endpoint, string table, Action<DynamoDBStorageOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new DynamoDBStorageOptions { Service = endpoint, TableName = table, ServiceId = "service", GrainStorageSerializer = PlainJson };
        configure?.Invoke(options);
        var storage = new DynamoDBGrainStorage("test", options, new StateActivators(), NullLogger<DynamoDBGrainStorage>.Instance, time ?? TimeProvider.System);
        await storage.Init(CancellationToken.None);
        return storage;
    }
}
