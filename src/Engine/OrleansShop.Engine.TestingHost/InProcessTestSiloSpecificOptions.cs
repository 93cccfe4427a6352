namespace Orleans.TestingHost;

/// <summary>What makes one silo of an <see cref="InProcessTestCluster"/> differ from the others.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    /// <summary>Its port for silos.</summary>
    public int SiloPort { get; set; }

    /// <summary>Its port for clients; 0 if it takes none.</summary>
    public int GatewayPort { get; set; }

    /// <summary>Its name.</summary>
    public string SiloName { get; set; } = "";

    /// <summary>The options of the silo with a number.</summary>
    /// <param name="testCluster">The cluster.</param>
    /// <param name="testClusterOptions">Its options.</param>
    /// <param name="instanceNumber">The silo's number, from 0.</param>
    /// <param name="assignNewPort">Whether it gets ports of its own instead of those of its number.</param>
    public static InProcessTestSiloSpecificOptions Create(
        InProcessTestCluster testCluster, InProcessTestClusterOptions testClusterOptions, int instanceNumber, bool assignNewPort = false)
    {
        ArgumentNullException.ThrowIfNull(testCluster);
        ArgumentNullException.ThrowIfNull(testClusterOptions);
        var (silo, gateway) = assignNewPort ? testCluster.PortAllocator.AllocateConsecutivePortPairs(1) : testCluster.PortsOf(instanceNumber);
        return new()
        {
            SiloName = NameOf(instanceNumber),
            SiloPort = silo,
            GatewayPort = instanceNumber == 0 || testClusterOptions.GatewayPerSilo ? gateway : 0,
        };
    }

    internal static string NameOf(int instanceNumber) => $"Silo_{instanceNumber}";
}
