namespace Orleans.Metadata;

/// <summary>Names the grain type that a reference means if several classes implement the interface and no prefix is given.</summary>
/// <param name="grainType">The grain type.</param>
[AttributeUsage(AttributeTargets.Interface, AllowMultiple = false)]
public sealed class DefaultGrainTypeAttribute(string grainType) : Attribute, IGrainInterfacePropertiesProviderAttribute
{
    internal string GrainType { get; } = grainType;

    void IGrainInterfacePropertiesProviderAttribute.Populate(IServiceProvider services, Type interfaceType, Dictionary<string, string> properties) =>
        properties[WellKnownGrainInterfaceProperties.DefaultGrainType] = GrainType;
}
