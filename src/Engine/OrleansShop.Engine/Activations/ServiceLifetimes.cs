using Microsoft.Extensions.DependencyInjection;

namespace OrleansShop.Engine.Activations;

/// <summary>The lifetimes of the services of the host, to tell which grain classes need a scope of their own.</summary>
/// <remarks>A scope per activation costs more memory than the rest of an activation; most constructors take singletons only.</remarks>
internal sealed class ServiceLifetimes(IServiceCollection services)
{
    private readonly Lazy<HashSet<Type>> _singletons = new(() => Singletons(services));

    /// <summary>Whether one and the same object answers for the type everywhere.</summary>
    public bool IsSingleton(Type service) =>
        _singletons.Value.Contains(service)
        || (service.IsConstructedGenericType && _singletons.Value.Contains(service.GetGenericTypeDefinition()));

    // A type that is registered twice with different lifetimes is none: the last one wins, but an enumeration has all.
    private static HashSet<Type> Singletons(IServiceCollection services) =>
        [.. services.Where(static service => !service.IsKeyedService).GroupBy(static service => service.ServiceType)
            .Where(static group => group.All(static service => service.Lifetime == ServiceLifetime.Singleton))
            .Select(static group => group.Key)];
}
