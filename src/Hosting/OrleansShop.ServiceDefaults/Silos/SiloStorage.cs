using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansShop.ServiceDefaults.Indexing;
using OrleansShop.Storage.Sqlite.GrainState;
using OrleansShop.Storage.Sqlite.Reminders;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>
/// Where a service keeps its data, on either engine: its grain states and its index in two SQLite files of one folder, beside the file of reminders, or in DynamoDB tables that the services share.
/// </summary>
internal static class SiloStorage
{
    /// <summary>Adds a grain storage provider for each service, under the service's name, and the table of reminders.</summary>
    public static void Add(ISiloBuilder silo, SiloSettings settings, IReadOnlyList<ServiceGrains> services)
    {
        foreach (var service in services)
        {
            if (settings.Storage == StorageKind.DynamoDB) silo.AddDynamoDBGrainStorage(service.Name, storage => Configure(storage, settings.DynamoDB));
            else silo.AddSqliteGrainStorage(service.Name, storage => storage.Path = Path.Combine(settings.DataFolder, $"{service.Name}.db"));
        }

        if (settings.Storage == StorageKind.DynamoDB) silo.UseDynamoDBReminderService(reminders => Configure(reminders, settings.DynamoDB));
        else silo.UseSqliteReminderService(reminders => reminders.Path = Path.Combine(settings.DataFolder, "reminders.db"));
    }

    /// <summary>Opens the index of a service.</summary>
    public static ServiceIndex OpenIndex(SiloSettings settings, ServiceGrains service, IServiceProvider provider)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        if (settings.Storage == StorageKind.DynamoDB)
        {
            var logger = provider.GetRequiredService<ILogger<DynamoDBEntityIndex>>();
            var table = new DynamoDBEntityIndex(settings.DynamoDB.Endpoint, settings.DynamoDB.IndexTable, settings.DynamoDB.Rules, settings.ServiceId, service.Name, time, logger);
            return new ServiceIndex(table, table);
        }

        var file = new SqliteEntityIndex(Path.Combine(settings.DataFolder, $"{service.Name}.index.db"), time);
        return new ServiceIndex(file, file);
    }

    // The official engine would give a table that is there the capacity in the options: it must not.
    internal static void Configure(DynamoDBStorageOptions options, DynamoDBSettings settings)
    {
        (options.Service, options.AccessKey, options.SecretKey, options.Token, options.ProfileName) = (settings.Service, settings.AccessKey, settings.SecretKey, settings.Token, settings.ProfileName);
        (options.TableName, options.CreateIfNotExists, options.UpdateIfExists, options.UseProvisionedThroughput) = (settings.StateTable, settings.CreateTables, false, false);
    }

    private static void Configure(DynamoDBReminderStorageOptions options, DynamoDBSettings settings)
    {
        (options.Service, options.AccessKey, options.SecretKey, options.Token, options.ProfileName) = (settings.Service, settings.AccessKey, settings.SecretKey, settings.Token, settings.ProfileName);
        (options.TableName, options.CreateIfNotExists, options.UpdateIfExists, options.UseProvisionedThroughput) = (settings.ReminderTable, settings.CreateTables, false, false);
    }
}
