using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Activations;

/// <summary>Makes the grain objects of one class: its constructor, with services, the grain's context and facets as arguments.</summary>
internal sealed class InstanceFactory
{
    private readonly Type _type;
    private readonly ConstructorInvoker? _constructor;
    private readonly Func<Activation, object?>[] _arguments;

    public InstanceFactory(Type type, ServiceLifetimes lifetimes)
    {
        _type = type;
        var constructor = Choose(type);
        var parameters = constructor.GetParameters();
        _arguments = [.. parameters.Select(Source)];
        NeedsScope = parameters.Any(parameter => !IsOfTheActivation(parameter) && (!lifetimes.IsSingleton(parameter.ParameterType) || IsKeyed(parameter)));

        // Without arguments the runtime's own activator is the fastest way.
        _constructor = parameters.Length == 0 && constructor.IsPublic ? null : ConstructorInvoker.Create(constructor);
    }

    public bool NeedsScope { get; }

    public object Create(Activation activation)
    {
        try
        {
            if (_constructor is null) return Activator.CreateInstance(_type)!;
            var arguments = new object?[_arguments.Length];
            for (var i = 0; i < arguments.Length; i++) arguments[i] = _arguments[i](activation);
            return _constructor.Invoke(arguments.AsSpan());
        }
        catch (TargetInvocationException e) when (e.InnerException is { } thrown)
        {
            // The caller gets what the constructor threw, and not that reflection was used to call it.
            ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }

    private static ConstructorInfo Choose(Type type)
    {
        var constructors = type.GetConstructors();
        if (constructors.Length == 0) constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic);
        return constructors.FirstOrDefault(static constructor => constructor.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute), inherit: true))
            ?? constructors.MaxBy(static constructor => constructor.GetParameters().Length)
            ?? throw new OrleansConfigurationException($"The grain class {type} has no constructor.");
    }

    private static Func<Activation, object?> Source(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(IGrainContext)) return static activation => activation;
        if (type == typeof(IServiceProvider)) return static activation => activation.ActivationServices;
        if (FacetOf(parameter) is { } facet) return Facets.SourceOf(facet, parameter);
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return activation => ((IKeyedServiceProvider)activation.ConstructionServices).GetRequiredKeyedService(type, keyed.Key);
        if (parameter.HasDefaultValue) return activation => activation.ConstructionServices.GetService(type) ?? parameter.DefaultValue;
        return activation => activation.ConstructionServices.GetRequiredService(type);
    }

    private static bool IsOfTheActivation(ParameterInfo parameter) => parameter.ParameterType == typeof(IGrainContext) || FacetOf(parameter) is not null;

    private static bool IsKeyed(ParameterInfo parameter) => parameter.IsDefined(typeof(FromKeyedServicesAttribute));

    private static IFacetMetadata? FacetOf(ParameterInfo parameter) => parameter.GetCustomAttributes(inherit: true).OfType<IFacetMetadata>().FirstOrDefault();
}
