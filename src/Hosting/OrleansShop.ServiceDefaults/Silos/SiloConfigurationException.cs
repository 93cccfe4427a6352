using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>A process with a silo is configured wrongly and must not start. The message lists every fault with its key, its value and what it should be.</summary>
/// <param name="faults">Every fault that was found; never empty.</param>
public sealed class SiloConfigurationException(IReadOnlyList<ConfigurationFault> faults)
    : Exception($"The service is configured wrongly:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(static fault => $"  {fault}"))}")
{
    /// <summary>Every fault that was found.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; } = faults;
}
