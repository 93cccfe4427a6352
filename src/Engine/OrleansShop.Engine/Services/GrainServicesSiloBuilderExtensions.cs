using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Services;

namespace Orleans.Hosting;

/// <summary>Adds grain services.</summary>
public static class GrainServicesSiloBuilderExtensions
{
    /// <summary>Gives the silo an instance of a grain service, which starts and stops with it.</summary>
    public static ISiloBuilder AddGrainService<T>(this ISiloBuilder builder)
        where T : GrainService => builder.ConfigureServices(static services => services.AddGrainService<T>());

    /// <summary>Gives the silo an instance of a grain service, which starts and stops with it.</summary>
    public static IServiceCollection AddGrainService<T>(this IServiceCollection services)
        where T : GrainService => services.AddGrainService(typeof(T));

    /// <summary>Gives the silo an instance of a grain service, which starts and stops with it. Adding one twice is adding it once.</summary>
    /// <exception cref="ArgumentException">The class is not derived from <see cref="GrainService"/>, or does not implement one interface by which it is called.</exception>
    public static IServiceCollection AddGrainService(this IServiceCollection services, Type grainServiceType)
    {
        ArgumentNullException.ThrowIfNull(grainServiceType);
        if (!typeof(GrainService).IsAssignableFrom(grainServiceType) || grainServiceType.IsAbstract)
            throw new ArgumentException($"{grainServiceType} is no grain service: it is abstract, or not derived from {nameof(GrainService)}.", nameof(grainServiceType));

        var hosted = new HostedGrainType(GrainServiceNames.TypeOf(GrainServiceNames.InterfaceOf(grainServiceType)), grainServiceType);
        if (services.Any(service => service.ImplementationInstance is HostedGrainType known && known == hosted)) return services;
        services.AddSingleton(hosted);
        services.TryAddSingleton<SystemTargets>();
        services.TryAddSingleton(static provider => new Silo(provider.GetRequiredService<ILocalSiloDetails>()));
        services.TryAddSingleton(static provider => ActivatorUtilities.CreateInstance<GrainServiceOwners>(provider));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => new GrainServiceHost(grainServiceType, provider));
        return services;
    }
}
