using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Configures a service that is known by a name.</summary>
public interface INamedServiceConfigurator
{
    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>Calls back with the services of the host.</summary>
    Action<Action<IServiceCollection>> ConfigureDelegate { get; }
}
