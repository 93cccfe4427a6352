using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Orleans.Hosting;

/// <summary>Configures services that are known by a name.</summary>
public static class NamedServiceConfiguratorExtensions
{
    /// <summary>Configures the options with the service's name.</summary>
    public static void Configure<TOptions>(this INamedServiceConfigurator configurator, Action<OptionsBuilder<TOptions>>? configureOptions)
        where TOptions : class, new() =>
        configurator.ConfigureDelegate(services => configureOptions?.Invoke(services.AddOptions<TOptions>(configurator.Name)));

    /// <summary>Adds a part of the service, under the service's name.</summary>
    public static void ConfigureComponent<TComponent>(this INamedServiceConfigurator configurator, Func<IServiceProvider, string, TComponent> componentFactory)
        where TComponent : class =>
        configurator.ConfigureDelegate(services => services.AddKeyedSingleton(configurator.Name, (provider, key) => componentFactory(provider, (string)key!)));

    /// <summary>Adds a part of the service, under the service's name, and configures its options.</summary>
    public static void ConfigureComponent<TOptions, TComponent>(
        this INamedServiceConfigurator configurator, Func<IServiceProvider, string, TComponent> componentFactory, Action<OptionsBuilder<TOptions>>? configureOptions = null)
        where TOptions : class, new()
        where TComponent : class
    {
        configurator.Configure(configureOptions);
        configurator.ConfigureComponent(componentFactory);
    }
}
