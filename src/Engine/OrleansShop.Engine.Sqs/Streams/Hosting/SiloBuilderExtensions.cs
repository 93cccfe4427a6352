using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Adds streams over SQS to silos.</summary>
public static class SiloBuilderExtensions
{
    /// <summary>Adds a provider of streams over SQS.</summary>
    /// <param name="builder">Puts the silo together.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configureOptions">Says where SQS is.</param>
    public static ISiloBuilder AddSqsStreams(this ISiloBuilder builder, string name, Action<SqsOptions> configureOptions) =>
        builder.AddSqsStreams(name, (SiloSqsStreamConfigurator configurator) => configurator.ConfigureSqs(options => options.Configure(configureOptions)));

    /// <summary>Adds a provider of streams over SQS.</summary>
    /// <param name="builder">Puts the silo together.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configure">Configures the provider.</param>
    public static ISiloBuilder AddSqsStreams(this ISiloBuilder builder, string name, Action<SiloSqsStreamConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configurator = new SiloSqsStreamConfigurator(name, configureServices => configureServices(builder.Services));
        configure?.Invoke(configurator);
        return builder;
    }
}
