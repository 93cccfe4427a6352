using System.Reflection;
using Orleans;
using Orleans.Metadata;
using Orleans.Runtime;

namespace OrleansShop.Engine.Identity;

/// <summary>How grain classes and interfaces are named. Stored data depends on the names of classes.</summary>
public static class GrainTypeNames
{
    private const string ClassSuffix = "grain";

    /// <summary>
    /// Returns the grain type of a class: what its <see cref="GrainTypeAttribute"/> says, else its name in lower case without
    /// "grain" at the end and, if it is generic, with a back-quote and the number of its type parameters.
    /// </summary>
    public static GrainType OfClass(Type grainClass)
    {
        ArgumentNullException.ThrowIfNull(grainClass);
        foreach (var attribute in grainClass.GetCustomAttributes(inherit: false))
        {
            if (attribute is IGrainTypeProviderAttribute provider)
                return provider.GetGrainType(NoServices.Instance, grainClass);
        }

        return OfClassNamed(grainClass.Name);
    }

    /// <summary>Returns the grain type of a class with this name and without an attribute; a generic class has its back-quote and number in the name.</summary>
    internal static GrainType OfClassNamed(string className)
    {
        var backquote = className.IndexOf('`', StringComparison.Ordinal);
        var (simple, arity) = backquote < 0 ? (className, "") : (className[..backquote], className[backquote..]);
        var name = simple.ToLowerInvariant();
        if (name.EndsWith(ClassSuffix, StringComparison.Ordinal) && name.Length > ClassSuffix.Length)
            name = name[..^ClassSuffix.Length];
        return GrainType.Create(name + arity);
    }

    /// <summary>
    /// Returns the name of an interface: what its <see cref="GrainInterfaceTypeAttribute"/> or <see cref="AliasAttribute"/> says, else its
    /// full name. A closed generic interface has the names of its type arguments in brackets.
    /// </summary>
    public static GrainInterfaceType OfInterface(Type grainInterface)
    {
        ArgumentNullException.ThrowIfNull(grainInterface);
        return GrainInterfaceType.Create(InterfaceName(grainInterface));
    }

    private static string InterfaceName(Type type)
    {
        var definition = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        var name = definition.GetCustomAttributes(inherit: false).OfType<IGrainInterfaceTypeProviderAttribute>().FirstOrDefault() is { } provider
            ? provider.GetGrainInterfaceType(NoServices.Instance, definition).ToString()
            : definition.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? definition.FullName ?? definition.Name;
        return type.IsConstructedGenericType ? $"{name}[{string.Join(',', type.GetGenericArguments().Select(InterfaceName))}]" : name;
    }

    // Attributes that name types ask for services; those that come with the programming model need none.
    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
