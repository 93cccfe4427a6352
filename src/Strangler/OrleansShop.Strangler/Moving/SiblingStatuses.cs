using System.Collections.Immutable;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.Moving;

/// <summary>How other capabilities stand, as their services say. Thread-safe.</summary>
internal sealed class SiblingStatuses(CapabilityCatalog catalog, CapabilityServiceClient services)
{
    /// <summary>How long a service may take to answer.</summary>
    internal static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Those whose deletions cascade into a capability.</summary>
    /// <exception cref="CapabilityServiceException">A service does not answer.</exception>
    internal Task<ImmutableArray<CapabilityStatus>> ParentsOfAsync(string capability) =>
        AskAsync(catalog.Capabilities.Where(other => other.Cascades.Contains(capability, StringComparer.Ordinal)));

    /// <summary>Those that a capability's deletions cascade into.</summary>
    /// <exception cref="CapabilityServiceException">A service does not answer.</exception>
    internal Task<ImmutableArray<CapabilityStatus>> ChildrenOfAsync(string capability) =>
        AskAsync(catalog.Get(capability).Cascades.Select(catalog.Get));

    private async Task<ImmutableArray<CapabilityStatus>> AskAsync(IEnumerable<CapabilityManifest> others) =>
        [.. await Task.WhenAll(others.Select(other => services.GetStatusAsync(other)))];
}
