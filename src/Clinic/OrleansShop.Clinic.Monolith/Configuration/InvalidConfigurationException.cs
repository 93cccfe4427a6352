namespace OrleansShop.Clinic.Monolith.Configuration;

/// <summary>The configuration cannot be started with. The message lists every fault, a line each.</summary>
public sealed class InvalidConfigurationException(IReadOnlyList<string> faults)
    : Exception($"The configuration has {faults.Count} fault{(faults.Count == 1 ? "" : "s")}:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(fault => $"- {fault}"))}")
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
