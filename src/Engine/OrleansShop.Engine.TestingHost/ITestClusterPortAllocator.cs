namespace Orleans.TestingHost;

/// <summary>Gives out the ports of test clusters.</summary>
public interface ITestClusterPortAllocator : IDisposable
{
    /// <summary>Returns the first of as many consecutive silo ports, and of as many gateway ports, as asked for.</summary>
    (int, int) AllocateConsecutivePortPairs(int numPorts);
}
