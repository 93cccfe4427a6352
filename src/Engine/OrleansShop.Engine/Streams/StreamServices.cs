using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Streams.Implicit;
using OrleansShop.Engine.Streams.Memory;
using OrleansShop.Engine.Streams.Monitoring;
using OrleansShop.Engine.Streams.Providers;
using OrleansShop.Engine.Streams.Pulling;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams;

/// <summary>The services of streams. None of them is there in a process without streams.</summary>
internal static class StreamServices
{
    /// <summary>Adds what silos and clients need.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<StreamMetrics>();
        services.TryAddSingleton<ProcessConsumers>();
        services.TryAddSingleton<SubscriptionDesk>();
        services.TryAddSingleton<DefaultMemoryMessageBodySerializer>();
    }

    /// <summary>Adds what a silo needs besides: subscriptions, and agents.</summary>
    public static void AddToSilo(IServiceCollection services)
    {
        Add(services);
        if (services.Any(static service => service.ServiceType == typeof(ImplicitSubscriptions)))
            return;
        services.AddSingleton<ImplicitSubscriptions>();
        services.AddSingleton<NamespacePredicates>();
        services.AddSingleton<PulledQueues>();
        services.AddSingleton<IQueueReports>(static provider => provider.GetRequiredService<PulledQueues>());
        services.AddSingleton(static provider => new ConsumersGone(provider.GetService<RingHolder>()));
        services.AddSingleton(new HostedGrainType(PubSubRendezvousGrain.Type, typeof(PubSubRendezvousGrain)));
        services.AddKeyedTransient<IGrainExtension>(typeof(IStreamConsumerExtension), static (provider, _) => provider.GetRequiredService<SubscriptionDesk>().NewConsumer());
        services.AddKeyedTransient<IGrainExtension>(typeof(IMemoryQueueExtension), static (provider, _) => ActivatorUtilities.CreateInstance<MemoryQueueExtension>(provider));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, AgentStarter>();
        services.AddSingleton<IConfigurationValidator, StreamProvidersValidator>();
    }

    /// <summary>Adds a provider to a silo.</summary>
    public static void AddProviderToSilo(IServiceCollection services, string name, Func<IServiceProvider, string, IQueueAdapterFactory> factory)
    {
        AddToSilo(services);
        services.AddSingleton(new HostedGrainType(StreamAgentGrain.TypeOf(name), typeof(StreamAgentGrain)));
        AddProvider(services, name, factory);
    }

    /// <summary>Adds a provider to a client.</summary>
    public static void AddProviderToClient(IServiceCollection services, string name, Func<IServiceProvider, string, IQueueAdapterFactory> factory)
    {
        Add(services);
        AddProvider(services, name, factory);
    }

    private static void AddProvider(IServiceCollection services, string name, Func<IServiceProvider, string, IQueueAdapterFactory> factory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        services.AddSingleton(new StreamProviderName(name));
        services.AddKeyedSingleton(name, (provider, key) => factory(provider, (string)key!));
        services.AddKeyedSingleton(name, static (provider, key) => new StreamProvider(
            (string)key!,
            provider.GetRequiredKeyedService<IQueueAdapterFactory>(key),
            provider.GetRequiredService<IOptionsMonitor<StreamPubSubOptions>>().Get((string)key!).PubSubType,
            provider.GetRequiredService<SubscriptionDesk>()));
        services.AddKeyedSingleton<IStreamProvider>(name, static (provider, key) => provider.GetRequiredKeyedService<StreamProvider>(key));
    }

    /// <summary>Adds streams in memory to a silo: their queues are in silos.</summary>
    public static void AddMemoryToSilo<TSerializer>(IServiceCollection services, string name)
        where TSerializer : class, IMemoryMessageBodySerializer
    {
        AddMemory<TSerializer>(services, name);
        services.TryAddSingleton(ProcessMemory.OfThisProcess);
        services.TryAddSingleton<SystemTargets>();
        services.TryAddSingleton<MemoryQueueHeir>();
        services.TryAddSingleton(static provider => new MemoryQueueHandover(
            provider.GetRequiredService<MemoryQueueHeir>(),
            provider.GetService<IGrainLocation>(),
            provider.GetRequiredService<SystemTargets>(),
            provider.GetRequiredService<ILocalSiloDetails>(),
            provider.GetRequiredService<ProcessMemory>(),
            provider.GetRequiredService<ILogger<MemoryQueueHandover>>()));
        services.AddKeyedSingleton(name, static (provider, key) => new MemoryQueuesOfSilo((string)key!, provider.GetRequiredService<IOptions<ClusterOptions>>(), provider.GetRequiredService<ProcessMemory>(), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Adds what silos and clients need for streams in memory.</summary>
    public static void AddMemory<TSerializer>(IServiceCollection services, string name)
        where TSerializer : class, IMemoryMessageBodySerializer =>
        services.AddKeyedSingleton<IMemoryMessageBodySerializer>(name, static (provider, _) => ActivatorUtilities.CreateInstance<TSerializer>(provider));
}
