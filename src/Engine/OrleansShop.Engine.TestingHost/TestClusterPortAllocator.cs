namespace Orleans.TestingHost;

/// <summary>
/// Gives out ports that no other test cluster of this process has. Silos of test clusters talk through memory, so a port is a name only
/// and is not taken from the machine.
/// </summary>
public class TestClusterPortAllocator : ITestClusterPortAllocator
{
    private const int FirstSiloPort = 11_111;
    private const int FirstGatewayPort = 30_000;
    private const int Ports = 15_000;

    private static int s_given;

    /// <summary>Creates the allocator.</summary>
    public TestClusterPortAllocator()
    {
    }

    /// <summary>Does nothing.</summary>
    ~TestClusterPortAllocator() => Dispose(disposing: false);

    /// <inheritdoc/>
    public (int, int) AllocateConsecutivePortPairs(int numPorts = 5)
    {
        // Begins anew after many clusters; those that had the first ports are long gone, and each cluster has a network of its own anyway.
        var given = (Interlocked.Add(ref s_given, numPorts) - numPorts) % Ports;
        return (FirstSiloPort + given, FirstGatewayPort + given);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what a derived class holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
