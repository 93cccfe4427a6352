namespace Orleans.Metadata;

/// <summary>An attribute of a grain interface that says something in the manifest.</summary>
public interface IGrainInterfacePropertiesProviderAttribute
{
    /// <summary>Adds to <paramref name="properties"/>.</summary>
    void Populate(IServiceProvider services, Type interfaceType, Dictionary<string, string> properties);
}
