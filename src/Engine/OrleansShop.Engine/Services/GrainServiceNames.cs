using Orleans.Runtime;
using Orleans.Services;
using OrleansShop.Engine.Identity;

namespace OrleansShop.Engine.Services;

/// <summary>How a grain service is named: after its interface, because that is all that a client knows of it.</summary>
internal static class GrainServiceNames
{
    /// <summary>The one interface of a service's class.</summary>
    /// <exception cref="ArgumentException">It has none, or several.</exception>
    public static Type InterfaceOf(Type serviceClass)
    {
        var all = serviceClass.GetInterfaces().Where(static face => typeof(IGrainService).IsAssignableFrom(face) && face != typeof(IGrainService)).ToList();
        var own = all.Where(face => !all.Exists(other => other != face && face.IsAssignableFrom(other))).ToList();
        return own is [var one] ? one : throw new ArgumentException(
            $"The grain service {serviceClass} implements {(own.Count == 0 ? "no interface" : string.Join(", ", own))} derived from {nameof(IGrainService)}; it implements one, by which it is called.", nameof(serviceClass));
    }

    /// <summary>The name under which views say that a silo has the service.</summary>
    public static GrainType TypeOf(Type serviceInterface) => GrainType.Create(GrainTypePrefix.GrainServicePrefix + TargetOf(serviceInterface));

    /// <summary>The name under which a silo takes calls of the service.</summary>
    public static string TargetOf(Type serviceInterface) => GrainTypeNames.OfInterface(serviceInterface).ToString();
}
