using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Core.Internal;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.EventSourcing;
using OrleansShop.Engine.Management;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Hosting;

/// <summary>The services of a silo.</summary>
internal static class SiloServices
{
    public const string ConfigurationSection = "Orleans";

    /// <summary>Adds a silo to a host's services, once, and lets the application configure it.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configure)
    {
        var section = configuration.GetSection(ConfigurationSection);
        if (!services.Any(static service => service.ServiceType == typeof(SiloBuilder)))
        {
            StartAhead.Begin(services);
            var builder = new SiloBuilder(services, section);
            services.AddSingleton(builder);
            AddOptions(services, section);
            configure(builder);
            AddEngine(services);
        }
        else
        {
            configure((SiloBuilder)services.Last(static service => service.ServiceType == typeof(SiloBuilder)).ImplementationInstance!);
        }
    }

    private static void AddOptions(IServiceCollection services, IConfigurationSection section)
    {
        services.Configure<ClusterOptions>(section);
        services.Configure<SiloOptions>(options => options.SiloName = section["Name"] ?? options.SiloName);
        services.Configure<EndpointOptions>(section.GetSection("Endpoints"));
        services.Configure<SiloMessagingOptions>(section.GetSection("Messaging"));
        services.Configure<GrainCollectionOptions>(section.GetSection("GrainCollection"));
        services.AddSingleton<IConfigurationValidator, SiloOptionsValidator>();
    }

    private static void AddEngine(IServiceCollection services)
    {
        services.AddSingleton(new ServiceLifetimes(services));
        services.AddSingleton(new ProviderNames(services));
        services.TryAddSingleton<LocalSilo>();
        services.TryAddSingleton<ILocalSiloDetails>(static provider => provider.GetRequiredService<LocalSilo>());
        services.TryAddSingleton(static provider => ProcessIdentity.OfSilo(provider.GetRequiredService<ILocalSiloDetails>().SiloAddress));
        services.TryAddSingleton<MessagingOptions>(static provider => provider.GetRequiredService<IOptions<SiloMessagingOptions>>().Value);
        CallServices.Add(services);
        LogServices.Add(services);

        services.TryAddSingleton(static provider => CallServices.NewHost(provider));
        services.TryAddSingleton<GrainClasses>();
        services.TryAddSingleton<ActivationCatalog>();
        services.TryAddSingleton<ILocalActivationStatusChecker, LocalActivations>();
        services.TryAddSingleton<IdleCollector>();
        services.TryAddSingleton<ITimerRegistry, TimerRegistry>();
        services.TryAddSingleton<IGrainRuntime, GrainRuntime>();
        services.TryAddKeyedTransient<IGrainExtension>(typeof(IGrainManagementExtension), static (provider, _) => ActivatorUtilities.CreateInstance<GrainManagementExtension>(provider));
        services.TryAddSingleton<ICallRouter, LocalCallRouter>();

        services.TryAddSingleton<SiloLifecycle>();
        services.TryAddSingleton<ISiloLifecycle>(static provider => provider.GetRequiredService<SiloLifecycle>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloParts>();
        ManagementServices.Add(services);
        services.AddSingleton<SiloHost>();
        services.AddSingleton<IHostedService>(static provider =>
        {
            StartAhead.Continue(provider);
            return provider.GetRequiredService<SiloHost>();
        });
    }
}
