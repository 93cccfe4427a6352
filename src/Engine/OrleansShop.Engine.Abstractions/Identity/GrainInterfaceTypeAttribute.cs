namespace Orleans.Runtime;

/// <summary>Names a grain interface on the wire, instead of its full name.</summary>
/// <param name="value">The name.</param>
[AttributeUsage(AttributeTargets.Interface, AllowMultiple = false)]
public sealed class GrainInterfaceTypeAttribute(string value) : Attribute, IGrainInterfaceTypeProviderAttribute
{
    private readonly string _value = value;

    /// <inheritdoc/>
    public GrainInterfaceType GetGrainInterfaceType(IServiceProvider services, Type type) => GrainInterfaceType.Create(_value);
}
