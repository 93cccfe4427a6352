using OrleansShop.Storage.Sqlite.GrainState;
using OrleansShop.Strangler.Events;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>
/// The streams of events, on either engine: the provider <see cref="EventStreams.Provider"/>, whose queues are in the memory of the silos or in SQS, and the store of explicit subscriptions, which is where grain states are.
/// </summary>
internal static class SiloStreams
{
    private const string Subscriptions = "PubSubStore";

    /// <summary>Adds the provider. The one place that decides which queues there are.</summary>
    public static void Add(ISiloBuilder silo, SiloSettings settings)
    {
        if (settings.Storage == StorageKind.DynamoDB) silo.AddDynamoDBGrainStorage(Subscriptions, storage => SiloStorage.Configure(storage, settings.DynamoDB));
        else silo.AddSqliteGrainStorage(Subscriptions, storage => storage.Path = Path.Combine(settings.DataFolder, "subscriptions.db"));

        if (settings.Streams == StreamKind.Sqs) SqsQueues.Add(silo, settings.Sqs);
        else silo.AddMemoryStreams(EventStreams.Provider);
    }
}
