using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Versions;

/// <summary>The versions of the grain interfaces in this process: what their <c>[Version]</c> says, unless a test says otherwise.</summary>
/// <param name="overrides">Other versions, and the names of methods that are taken to be missing, so that one process can hold silos of several versions.</param>
internal sealed class InterfaceVersions(IReadOnlyDictionary<Type, (ushort Version, string[] Missing)>? overrides = null)
{
    /// <summary>The version of an interface; 0 without one.</summary>
    public ushort Of(Type interfaceType) => overrides is not null && overrides.TryGetValue(interfaceType, out var other) ? other.Version : TypeNaming.VersionOf(interfaceType);

    /// <summary>Whether the interface has a method in this process.</summary>
    public bool Has(Type interfaceType, string method) => overrides is null || !overrides.TryGetValue(interfaceType, out var other) || !other.Missing.Contains(method);
}
