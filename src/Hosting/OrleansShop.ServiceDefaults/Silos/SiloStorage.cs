using OrleansShop.ServiceDefaults.Indexing;
using OrleansShop.Storage.Sqlite.GrainState;
using OrleansShop.Strangler.Index;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>Where a service keeps its data, on either engine: its grain states and its index in two SQLite files of one folder.</summary>
internal static class SiloStorage
{
    /// <summary>Adds a grain storage provider for each service, under the service's name.</summary>
    public static void Add(ISiloBuilder silo, SiloSettings settings, IReadOnlyList<ServiceGrains> services)
    {
        foreach (var service in services)
        {
            silo.AddSqliteGrainStorage(service.Name, storage => storage.Path = Path.Combine(settings.DataFolder, $"{service.Name}.db"));
        }
    }

    /// <summary>Opens the index of a service.</summary>
    public static IEntityIndex OpenIndex(SiloSettings settings, ServiceGrains service, TimeProvider time) =>
        new SqliteEntityIndex(Path.Combine(settings.DataFolder, $"{service.Name}.index.db"), time);
}
