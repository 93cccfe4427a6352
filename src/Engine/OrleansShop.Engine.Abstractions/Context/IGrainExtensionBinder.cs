namespace Orleans.Runtime;

/// <summary>Adds extensions to an activation.</summary>
public interface IGrainExtensionBinder
{
    /// <summary>Returns the extension with this interface, creating it if the services know how.</summary>
    TExtensionInterface GetExtension<TExtensionInterface>()
        where TExtensionInterface : class, IGrainExtension;

    /// <summary>Returns the extension with this interface, creating it with <paramref name="newExtensionFunc"/> if it is not there.</summary>
    (TExtension, TExtensionInterface) GetOrSetExtension<TExtension, TExtensionInterface>(Func<TExtension> newExtensionFunc)
        where TExtension : class, TExtensionInterface
        where TExtensionInterface : class, IGrainExtension;
}
