namespace Orleans.Runtime;

/// <summary>An attribute of a grain interface that names it on the wire.</summary>
public interface IGrainInterfaceTypeProviderAttribute
{
    /// <summary>Returns the name of <paramref name="type"/>.</summary>
    GrainInterfaceType GetGrainInterfaceType(IServiceProvider services, Type type);
}
