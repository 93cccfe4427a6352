using System.Reflection;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Activations;

namespace OrleansShop.Engine.Storage;

/// <summary>What attributes on constructor parameters inject.</summary>
internal static class Facets
{
    private static readonly MethodInfo s_persistentState = typeof(PersistentState).GetMethod(nameof(PersistentState.OfParameter))!;

    /// <summary>What makes the argument for a parameter that has a facet attribute.</summary>
    public static Func<Activation, object?> SourceOf(IFacetMetadata facet, ParameterInfo parameter)
    {
        if (facet is not IPersistentStateConfiguration configuration)
            throw new OrleansConfigurationException($"The attribute {facet.GetType()} on parameter {parameter.Name} of {parameter.Member.DeclaringType} is not one that the engine knows.");
        if (!parameter.ParameterType.IsConstructedGenericType || parameter.ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new OrleansConfigurationException($"Parameter {parameter.Name} of {parameter.Member.DeclaringType} has [PersistentState] and must be an IPersistentState<T>; it is {parameter.ParameterType}.");

        // Once per class: a delegate that makes the state of the right type.
        var create = s_persistentState.MakeGenericMethod(parameter.ParameterType.GetGenericArguments()).CreateDelegate<Func<Activation, IPersistentStateConfiguration, object>>();
        return activation => create(activation, configuration);
    }
}
