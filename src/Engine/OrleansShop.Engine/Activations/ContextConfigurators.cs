using System.Collections.Immutable;
using Orleans.Metadata;
using Orleans.Runtime;

namespace OrleansShop.Engine.Activations;

/// <summary>Finds what the application prepares the activations of a class with.</summary>
internal static class ContextConfigurators
{
    /// <summary>Those of a class, in the order in which their providers were registered; null if there are none.</summary>
    public static IConfigureGrainContext[]? Of(GrainType grainType, Type type, IServiceProvider services, IReadOnlyCollection<IConfigureGrainContextProvider> providers)
    {
        if (providers.Count == 0) return null;
        var properties = PropertiesOf(grainType, type, services);
        var configurators = new List<IConfigureGrainContext>();
        foreach (var provider in providers)
        {
            if (provider.TryGetConfigurator(grainType, properties, out var configurator)) configurators.Add(configurator);
        }

        return configurators.Count == 0 ? null : [.. configurators];
    }

    private static GrainProperties PropertiesOf(GrainType grainType, Type type, IServiceProvider services)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal) { [WellKnownGrainTypeProperties.TypeName] = type.Name, [WellKnownGrainTypeProperties.FullTypeName] = type.FullName ?? type.Name };
        foreach (var attribute in type.GetCustomAttributes(inherit: true).OfType<IGrainPropertiesProviderAttribute>()) attribute.Populate(services, type, grainType, properties);
        return new GrainProperties(properties.ToImmutableDictionary(StringComparer.Ordinal));
    }
}
