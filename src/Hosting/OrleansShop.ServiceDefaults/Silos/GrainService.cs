using System.Reflection;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>A service whose grains this process hosts. Immutable.</summary>
/// <param name="Name">The name of the service, which is also the name of its storage provider and of its files.</param>
/// <param name="GrainClasses">The grain classes of the service; a silo hosts those of its own services and no others.</param>
public sealed record GrainService(string Name, IReadOnlyList<Type> GrainClasses)
{
    /// <summary>A service with all grain classes of an assembly.</summary>
    public static GrainService Of(string name, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new(name, [.. assembly.GetTypes().Where(static type => type is { IsAbstract: false, IsClass: true } && type.IsAssignableTo(typeof(IGrainBase)))]);
    }
}
