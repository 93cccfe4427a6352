using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Configures a service that is known by a name.</summary>
public class NamedServiceConfigurator : INamedServiceConfigurator
{
    /// <summary>Creates it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="configureDelegate">Calls back with the services of the host.</param>
    public NamedServiceConfigurator(string name, Action<Action<IServiceCollection>> configureDelegate)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        ConfigureDelegate = configureDelegate;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Action<Action<IServiceCollection>> ConfigureDelegate { get; }
}
