using System.Globalization;
using System.Net;

namespace Orleans.TestingHost;

/// <summary>What makes one silo of a <see cref="TestCluster"/> differ from the others.</summary>
public class TestSiloSpecificOptions
{
    /// <summary>Its port for silos.</summary>
    public int SiloPort { get; set; }

    /// <summary>Its port for clients; 0 if it takes none.</summary>
    public int GatewayPort { get; set; }

    /// <summary>Its name.</summary>
    public string SiloName { get; set; } = "";

    /// <summary>Where the first silo is; null for the first silo itself.</summary>
    public IPEndPoint? PrimarySiloEndPoint { get; set; }

    /// <summary>The options of the silo with a number.</summary>
    /// <param name="testCluster">The cluster.</param>
    /// <param name="testClusterOptions">Its options.</param>
    /// <param name="instanceNumber">The silo's number, from 0.</param>
    /// <param name="assignNewPort">Whether it gets ports of its own instead of those of its number.</param>
    public static TestSiloSpecificOptions Create(TestCluster testCluster, TestClusterOptions testClusterOptions, int instanceNumber, bool assignNewPort = false)
    {
        ArgumentNullException.ThrowIfNull(testCluster);
        ArgumentNullException.ThrowIfNull(testClusterOptions);
        var (silo, gateway) = assignNewPort
            ? testCluster.PortAllocator.AllocateConsecutivePortPairs(1)
            : (testClusterOptions.BaseSiloPort + instanceNumber, testClusterOptions.BaseGatewayPort + instanceNumber);
        return new()
        {
            SiloName = NameOf(instanceNumber),
            SiloPort = silo,
            GatewayPort = instanceNumber == 0 || testClusterOptions.GatewayPerSilo ? gateway : 0,
            PrimarySiloEndPoint = instanceNumber == 0 ? null : new IPEndPoint(IPAddress.Loopback, testClusterOptions.BaseSiloPort),
        };
    }

    /// <summary>The options as configuration of the silo's host.</summary>
    public Dictionary<string, string?> ToDictionary() => new(StringComparer.Ordinal)
    {
        [nameof(SiloPort)] = Text(SiloPort),
        [nameof(GatewayPort)] = Text(GatewayPort),
        [nameof(SiloName)] = SiloName,
        [nameof(PrimarySiloEndPoint)] = PrimarySiloEndPoint?.ToString(),
    };

    internal static string NameOf(int instanceNumber) => instanceNumber == 0 ? "Primary" : $"Secondary_{instanceNumber}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
