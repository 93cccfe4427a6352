using Microsoft.Extensions.DependencyInjection;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Versions;

/// <summary>
/// Finds rules by their names, and what carries them out. Silos tell each other names: each has its own instances, and one that does not know a name says so.
/// </summary>
internal sealed class VersionDirectors(IServiceProvider services, ProviderNames registered)
{
    /// <summary>The name of a rule; null for null.</summary>
    /// <exception cref="ArgumentException">No such rule is registered.</exception>
    public string? NameOf<TStrategy>(TStrategy? strategy)
        where TStrategy : class
    {
        if (strategy is null)
            return null;
        var name = strategy.GetType().Name;
        return Find<TStrategy>(name)?.GetType() == strategy.GetType()
            ? name
            : throw new ArgumentException($"{strategy.GetType()} is not a {typeof(TStrategy).Name} that this silo knows: {Known<TStrategy>()}.", nameof(strategy));
    }

    /// <summary>The rule with a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TStrategy Named<TStrategy>(string name)
        where TStrategy : class =>
        Find<TStrategy>(name) ?? throw new ArgumentException($"This silo has no {typeof(TStrategy).Name} \"{name}\": {Known<TStrategy>()}.", nameof(name));

    /// <summary>The rule with a name, ready to be asked.</summary>
    /// <exception cref="ArgumentException">There is none, or nothing carries it out.</exception>
    public ICompatibilityDirector Compatibility(string name) => Of<CompatibilityStrategy, ICompatibilityDirector>(name);

    /// <summary>The rule with a name, ready to be asked.</summary>
    /// <exception cref="ArgumentException">There is none, or nothing carries it out.</exception>
    public IVersionSelector Selector(string name) => Of<VersionSelectorStrategy, IVersionSelector>(name);

    private TDirector Of<TStrategy, TDirector>(string name)
        where TStrategy : class
        where TDirector : class
    {
        var strategy = Named<TStrategy>(name).GetType();
        return services.GetKeyedService<TDirector>(strategy) ?? throw new ArgumentException(
            $"The {typeof(TStrategy).Name} \"{name}\" has no {typeof(TDirector).Name} in this silo. Register one: AddKeyedSingleton<{typeof(TDirector).Name}, …>(typeof({strategy.Name})).", nameof(name));
    }

    private TStrategy? Find<TStrategy>(string name)
        where TStrategy : class => services.GetKeyedService<TStrategy>(name);

    private string Known<TStrategy>() => $"{registered.Registered<TStrategy>()}. A rule of the application is a service whose key is the name of its type, on every silo";
}
