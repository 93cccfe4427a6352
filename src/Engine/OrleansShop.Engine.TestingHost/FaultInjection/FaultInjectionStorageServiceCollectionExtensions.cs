using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansShop.Engine.Hosting;

namespace Orleans.Hosting;

/// <summary>Adds storage in memory that fails on demand.</summary>
public static class FaultInjectionStorageServiceCollectionExtensions
{
    /// <summary>Adds a provider that grains name as <paramref name="name"/>. <see cref="IStorageFaultGrain"/> has it fail.</summary>
    public static IServiceCollection AddFaultInjectionMemoryStorage(
        this IServiceCollection services, string name, Action<MemoryGrainStorageOptions> configureOptions, Action<FaultInjectionGrainStorageOptions> configureFaultInjectionOptions) =>
        services.AddFaultInjectionMemoryStorage(name, memory => memory.Configure(configureOptions), faults => faults.Configure(configureFaultInjectionOptions));

    /// <summary>Adds a provider that grains name as <paramref name="name"/>. <see cref="IStorageFaultGrain"/> has it fail.</summary>
    public static IServiceCollection AddFaultInjectionMemoryStorage(
        this IServiceCollection services, string name, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null,
        Action<OptionsBuilder<FaultInjectionGrainStorageOptions>>? configureFaultInjectionOptions = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        configureFaultInjectionOptions?.Invoke(services.AddOptions<FaultInjectionGrainStorageOptions>(name));

        // The memory provider is added as always, and the one that fails takes its place and calls it.
        new SiloBuilder(services, new ConfigurationBuilder().Build()).AddMemoryGrainStorage(name, configureOptions);
        var real = services.Last(service => service.ServiceType == typeof(IGrainStorage) && service.IsKeyedService && name.Equals(service.ServiceKey));
        services.Remove(real);
        return services.AddKeyedSingleton(name, (provider, key) =>
            FaultInjectionGrainStorageFactory.Create(provider, name, (inner, _) => (IGrainStorage)real.KeyedImplementationFactory!(inner, key)));
    }
}
