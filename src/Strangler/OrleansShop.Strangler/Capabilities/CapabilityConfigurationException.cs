namespace OrleansShop.Strangler.Capabilities;

/// <summary>The capabilities are configured wrongly. The process must not start.</summary>
/// <param name="faults">Every fault that was found; never empty.</param>
public sealed class CapabilityConfigurationException(IReadOnlyList<ConfigurationFault> faults)
    : Exception($"The capabilities are configured wrongly:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(static fault => $"  {fault}"))}")
{
    /// <summary>Every fault that was found.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; } = faults;
}
