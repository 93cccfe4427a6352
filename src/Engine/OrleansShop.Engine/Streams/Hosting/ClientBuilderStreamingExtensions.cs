using Orleans.Providers;
using Orleans.Streams;
using OrleansShop.Engine.Streams;

namespace Orleans.Hosting;

/// <summary>Adds streams to clients.</summary>
public static class ClientBuilderStreamingExtensions
{
    /// <summary>Adds streams without a provider.</summary>
    public static IClientBuilder AddStreaming(this IClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        StreamServices.Add(builder.Services);
        return builder;
    }

    /// <summary>Adds a provider over queues.</summary>
    /// <param name="builder">Puts the client together.</param>
    /// <param name="name">The provider's name; the same as in the silos.</param>
    /// <param name="adapterFactory">Makes the parts that depend on the kind of queue.</param>
    /// <param name="configureStream">Configures the provider; null for the defaults.</param>
    public static IClientBuilder AddPersistentStreams(
        this IClientBuilder builder, string name, Func<IServiceProvider, string, IQueueAdapterFactory> adapterFactory, Action<IClusterClientPersistentStreamConfigurator>? configureStream)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configurator = new ClusterClientPersistentStreamConfigurator(name, builder, adapterFactory);
        configureStream?.Invoke(configurator);
        return builder;
    }

    /// <summary>Adds a provider of streams in memory. The memory is that of the silos.</summary>
    /// <param name="builder">Puts the client together.</param>
    /// <param name="name">The provider's name; the same as in the silos.</param>
    /// <param name="configure">Configures the provider; null for the defaults.</param>
    public static IClientBuilder AddMemoryStreams(this IClientBuilder builder, string name, Action<IClusterClientMemoryStreamConfigurator>? configure = null) =>
        builder.AddMemoryStreams<DefaultMemoryMessageBodySerializer>(name, configure);

    /// <summary>Adds a provider of streams in memory. The memory is that of the silos.</summary>
    /// <typeparam name="TSerializer">Writes what is published; the same as in the silos.</typeparam>
    /// <param name="builder">Puts the client together.</param>
    /// <param name="name">The provider's name; the same as in the silos.</param>
    /// <param name="configure">Configures the provider; null for the defaults.</param>
    public static IClientBuilder AddMemoryStreams<TSerializer>(this IClientBuilder builder, string name, Action<IClusterClientMemoryStreamConfigurator>? configure = null)
        where TSerializer : class, IMemoryMessageBodySerializer
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configurator = new ClusterClientMemoryStreamConfigurator<TSerializer>(name, builder);
        configure?.Invoke(configurator);
        return builder;
    }
}
