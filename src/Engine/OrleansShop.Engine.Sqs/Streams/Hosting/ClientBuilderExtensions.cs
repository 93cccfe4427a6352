using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Adds streams over SQS to clients.</summary>
public static class ClientBuilderExtensions
{
    /// <summary>Adds a provider of streams over SQS.</summary>
    /// <param name="builder">Puts the client together.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configureOptions">Says where SQS is.</param>
    public static IClientBuilder AddSqsStreams(this IClientBuilder builder, string name, Action<SqsOptions> configureOptions) =>
        builder.AddSqsStreams(name, (ClusterClientSqsStreamConfigurator configurator) => configurator.ConfigureSqs(options => options.Configure(configureOptions)));

    /// <summary>Adds a provider of streams over SQS.</summary>
    /// <param name="builder">Puts the client together.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configure">Configures the provider.</param>
    public static IClientBuilder AddSqsStreams(this IClientBuilder builder, string name, Action<ClusterClientSqsStreamConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configurator = new ClusterClientSqsStreamConfigurator(name, builder);
        configure?.Invoke(configurator);
        return builder;
    }
}
