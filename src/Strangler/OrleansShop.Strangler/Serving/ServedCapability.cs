using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Serving;

/// <summary>A capability that this process serves. Registered under the capability's name by <see cref="CapabilityServices"/>. Thread-safe.</summary>
/// <param name="manifest">The capability.</param>
/// <param name="grain">Returns the grain that keeps its phase.</param>
public sealed class ServedCapability(CapabilityManifest manifest, Func<ICapabilityGrain> grain)
{
    /// <summary>The capability.</summary>
    public CapabilityManifest Manifest { get; } = manifest;

    /// <summary>The grain that keeps the capability's phase. A reference; the call goes out when a method is called.</summary>
    public ICapabilityGrain Grain => grain();
}
