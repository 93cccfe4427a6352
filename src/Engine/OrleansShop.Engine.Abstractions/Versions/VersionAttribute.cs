using System.Globalization;
using Orleans.Metadata;

namespace Orleans.CodeGeneration;

/// <summary>Numbers a version of a grain interface. Without it the version is 0.</summary>
/// <param name="version">The number.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class VersionAttribute(ushort version) : Attribute, IGrainInterfacePropertiesProviderAttribute
{
    /// <summary>The number.</summary>
    public ushort Version { get; } = version;

    void IGrainInterfacePropertiesProviderAttribute.Populate(IServiceProvider services, Type interfaceType, Dictionary<string, string> properties) =>
        properties[WellKnownGrainInterfaceProperties.Version] = Version.ToString(CultureInfo.InvariantCulture);
}
