using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using Orleans.Streams.Filtering;
using OrleansShop.Engine.Streams;

namespace Orleans.Hosting;

/// <summary>Adds streams to silos.</summary>
public static class SiloBuilderStreamingExtensions
{
    /// <summary>Adds streams without a provider: the silo's grains can subscribe, and the silo can keep subscriptions.</summary>
    public static ISiloBuilder AddStreaming(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        StreamServices.AddToSilo(builder.Services);
        return builder;
    }

    /// <summary>Adds a provider over queues.</summary>
    /// <param name="builder">Puts the silo together.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="adapterFactory">Makes the parts that depend on the kind of queue.</param>
    /// <param name="configureStream">Configures the provider; null for the defaults.</param>
    public static ISiloBuilder AddPersistentStreams(
        this ISiloBuilder builder, string name, Func<IServiceProvider, string, IQueueAdapterFactory> adapterFactory, Action<ISiloPersistentStreamConfigurator> configureStream)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configurator = new SiloPersistentStreamConfigurator(name, configureServices => configureServices(builder.Services), adapterFactory);
        configureStream?.Invoke(configurator);
        return builder;
    }

    /// <summary>Adds a filter to a provider: subscriptions get only what it lets through.</summary>
    public static ISiloBuilder AddStreamFilter<T>(this ISiloBuilder builder, string name)
        where T : class, IStreamFilter
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IStreamFilter, T>(name);
        return builder;
    }

    /// <summary>Adds a filter to a provider of a client. Filters work in silos; a client's are there for symmetry.</summary>
    public static IClientBuilder AddStreamFilter<T>(this IClientBuilder builder, string name)
        where T : class, IStreamFilter
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IStreamFilter, T>(name);
        return builder;
    }
}
