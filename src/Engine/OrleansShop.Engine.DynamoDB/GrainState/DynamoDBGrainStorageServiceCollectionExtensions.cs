using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Adds grain storage in DynamoDB to the services of a silo.</summary>
public static class DynamoDBGrainStorageServiceCollectionExtensions
{
    /// <summary>Adds the provider of grains that name none.</summary>
    public static IServiceCollection AddDynamoDBGrainStorageAsDefault(this IServiceCollection services, Action<DynamoDBStorageOptions> configureOptions) =>
        services.AddDynamoDBGrainStorageAsDefault(options => options.Configure(configureOptions));

    /// <summary>Adds a provider that grains name as <paramref name="name"/>.</summary>
    public static IServiceCollection AddDynamoDBGrainStorage(this IServiceCollection services, string name, Action<DynamoDBStorageOptions> configureOptions) =>
        services.AddDynamoDBGrainStorage(name, options => options.Configure(configureOptions));

    /// <summary>Adds the provider of grains that name none.</summary>
    public static IServiceCollection AddDynamoDBGrainStorageAsDefault(this IServiceCollection services, Action<OptionsBuilder<DynamoDBStorageOptions>>? configureOptions = null) =>
        services.AddDynamoDBGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    /// <summary>Adds a provider that grains name as <paramref name="name"/>.</summary>
    public static IServiceCollection AddDynamoDBGrainStorage(this IServiceCollection services, string name, Action<OptionsBuilder<DynamoDBStorageOptions>>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var options = services.AddOptions<DynamoDBStorageOptions>(name);
        configureOptions?.Invoke(options);
        options.PostConfigure<IOptions<ClusterOptions>, IServiceProvider>((given, cluster, provider) =>
        {
            if (string.IsNullOrEmpty(given.ServiceId)) given.ServiceId = cluster.Value.ServiceId;
            given.GrainStorageSerializer ??= provider.GetKeyedService<IGrainStorageSerializer>(name) ?? provider.GetRequiredService<IGrainStorageSerializer>();
        });
        services.AddTransient<IConfigurationValidator>(provider => new DynamoDBGrainStorageOptionsValidator(provider.GetRequiredService<IOptionsMonitor<DynamoDBStorageOptions>>().Get(name), name));
        services.AddKeyedSingleton<IGrainStorage>(name, static (provider, key) => DynamoDBGrainStorageFactory.Create(provider, (string)key!));
        services.AddSingleton(provider => (ILifecycleParticipant<ISiloLifecycle>)provider.GetRequiredKeyedService<IGrainStorage>(name));
        return services;
    }
}
