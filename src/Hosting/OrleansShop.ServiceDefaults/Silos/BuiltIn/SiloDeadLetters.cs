using Microsoft.Extensions.DependencyInjection;
using OrleansShop.ServiceDefaults.Streams;
using OrleansShop.Storage.Sqlite.DeadLetters;
using OrleansShop.Strangler.Events;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>What becomes of events that cannot be delivered, and what operators can do about it.</summary>
internal static class SiloDeadLetters
{
    /// <summary>Keeps those of queues in memory in a file of the data folder; SQS has queues for them. With tables elsewhere there is no such folder, and events in memory are given up as they always were.</summary>
    public static void Add(ISiloBuilder silo, SiloSettings settings)
    {
        if (settings is { Streams: StreamKind.Memory, Storage: StorageKind.Sqlite })
            silo.AddSqliteDeadLetters(EventStreams.Provider, letters => letters.Path = Path.Combine(settings.DataFolder, "dead-letters.db"));
        silo.Services.AddSingleton<IStreamOperations, StreamOperations>();
    }
}
