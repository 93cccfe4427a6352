using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Adds storage in memory that fails on demand.</summary>
public static class SiloBuilderExtensions
{
    /// <summary>Adds a provider that grains name as <paramref name="name"/>. <see cref="IStorageFaultGrain"/> has it fail.</summary>
    public static ISiloBuilder AddFaultInjectionMemoryStorage(
        this ISiloBuilder builder, string name, Action<MemoryGrainStorageOptions> configureOptions, Action<FaultInjectionGrainStorageOptions> configureFaultInjectionOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddFaultInjectionMemoryStorage(name, configureOptions, configureFaultInjectionOptions);
        return builder;
    }

    /// <summary>Adds a provider that grains name as <paramref name="name"/>. <see cref="IStorageFaultGrain"/> has it fail.</summary>
    public static ISiloBuilder AddFaultInjectionMemoryStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null,
        Action<OptionsBuilder<FaultInjectionGrainStorageOptions>>? configureFaultInjectionOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddFaultInjectionMemoryStorage(name, configureOptions, configureFaultInjectionOptions);
        return builder;
    }
}
