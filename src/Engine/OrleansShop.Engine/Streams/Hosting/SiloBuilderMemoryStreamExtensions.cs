using Orleans.Providers;

namespace Orleans.Hosting;

/// <summary>Adds streams in memory to silos: for development and tests, and for events that may end with a process.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>Adds a provider of streams in memory.</summary>
    /// <param name="builder">Puts the silo together.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configure">Configures the provider; null for the defaults.</param>
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name, Action<ISiloMemoryStreamConfigurator>? configure = null) =>
        builder.AddMemoryStreams<DefaultMemoryMessageBodySerializer>(name, configure);

    /// <summary>Adds a provider of streams in memory.</summary>
    /// <typeparam name="TSerializer">Writes what is published.</typeparam>
    /// <param name="builder">Puts the silo together.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configure">Configures the provider; null for the defaults.</param>
    public static ISiloBuilder AddMemoryStreams<TSerializer>(this ISiloBuilder builder, string name, Action<ISiloMemoryStreamConfigurator>? configure = null)
        where TSerializer : class, IMemoryMessageBodySerializer
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configurator = new SiloMemoryStreamConfigurator<TSerializer>(name, configureServices => configureServices(builder.Services));
        configure?.Invoke(configurator);
        return builder;
    }
}
