using System.Net;
using System.Net.Sockets;

namespace Orleans.TestingHost;

/// <summary>
/// Gives out ports on loopback that no other test cluster of this process has and nobody listens on now. Where silos talk through memory a port is a name only.
/// </summary>
public class TestClusterPortAllocator : ITestClusterPortAllocator
{
    // Below the ports that systems give to outgoing connections, which come and go.
    private const int FirstSiloPort = 11_111;
    private const int FirstGatewayPort = 21_111;
    private const int Ports = 10_000;
    private const int MostPorts = 1_000;

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
        ArgumentOutOfRangeException.ThrowIfLessThan(numPorts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numPorts, MostPorts);
        for (var tried = 0; tried < Ports; tried += numPorts)
        {
            // Begins anew after many clusters: those that had the first ports are long gone.
            var given = (Interlocked.Add(ref s_given, numPorts) - numPorts) % (Ports - numPorts);
            var offsets = Enumerable.Range(given, numPorts);
            if (offsets.All(offset => IsFree(FirstSiloPort + offset) && IsFree(FirstGatewayPort + offset)))
                return (FirstSiloPort + given, FirstGatewayPort + given);
        }

        throw new InvalidOperationException($"There are not {numPorts} free ports in a row between {FirstSiloPort} and {FirstGatewayPort + Ports}.");
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

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
