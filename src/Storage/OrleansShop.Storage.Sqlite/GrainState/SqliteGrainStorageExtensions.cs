using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Storage;

namespace OrleansShop.Storage.Sqlite.GrainState;

/// <summary>Adds grain storage in SQLite files.</summary>
public static class SqliteGrainStorageExtensions
{
    /// <summary>Adds a grain storage provider that grains name as <paramref name="name"/>.</summary>
    /// <exception cref="OptionsValidationException">At start, when the options are invalid.</exception>
    public static ISiloBuilder AddSqliteGrainStorage(this ISiloBuilder builder, string name, Action<SqliteGrainStorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.Services.AddOptions<SqliteGrainStorageOptions>(name).Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddKeyedSingleton<IGrainStorage>(name, static (services, key) => Create(services, (string)key!));
        return builder;
    }

    /// <summary>Adds the grain storage provider of grains that name none.</summary>
    /// <exception cref="OptionsValidationException">At start, when the options are invalid.</exception>
    public static ISiloBuilder AddSqliteGrainStorageAsDefault(this ISiloBuilder builder, Action<SqliteGrainStorageOptions> configure) =>
        builder.AddSqliteGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configure);

    private static SqliteGrainStorage Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<SqliteGrainStorageOptions>>().Get(name);
        var serializer = options.GrainStorageSerializer ?? services.GetRequiredService<IGrainStorageSerializer>();
        return new SqliteGrainStorage(options, serializer, services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId);
    }
}
