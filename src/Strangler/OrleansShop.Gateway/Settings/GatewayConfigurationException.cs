using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway.Settings;

/// <summary>The gateway is configured wrongly and does not start. The message lists every fault with its key, its value and what it should be.</summary>
public sealed class GatewayConfigurationException(IReadOnlyList<ConfigurationFault> faults)
    : Exception($"The gateway is configured wrongly:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(static fault => $"  {fault}"))}")
{
    public IReadOnlyList<ConfigurationFault> Faults { get; } = faults;
}
