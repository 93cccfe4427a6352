using Orleans.Runtime;

namespace Orleans;

/// <summary>Finds extensions of an activation.</summary>
public static class GrainContextComponentExtensions
{
    /// <summary>Returns the extension with this interface, creating it if the services know how.</summary>
    public static TComponent GetGrainExtension<TComponent>(this IGrainContext context)
        where TComponent : class, IGrainExtension =>
        context.GetComponent<IGrainExtensionBinder>() is { } binder
            ? binder.GetExtension<TComponent>()
            : throw new NotSupportedException($"{context.GrainId} cannot have extensions.");
}
