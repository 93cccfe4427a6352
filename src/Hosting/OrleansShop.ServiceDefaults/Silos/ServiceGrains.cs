using System.Reflection;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The grains of a service that this process hosts. Immutable.</summary>
/// <param name="Name">The name of the service, which is also the name of its storage provider and of its files.</param>
/// <param name="GrainClasses">The grain classes of the service; a silo hosts those of its own services and no others.</param>
public sealed record ServiceGrains(string Name, IReadOnlyList<Type> GrainClasses)
{
    /// <summary>All grain classes of an assembly.</summary>
    public static ServiceGrains Of(string name, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new(name, [.. assembly.GetTypes().Where(static type => type is { IsAbstract: false, IsClass: true } && type.IsAssignableTo(typeof(IGrainBase)))]);
    }
}
