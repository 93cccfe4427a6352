namespace Orleans.TestingHost;

/// <summary>How the silos and the client of a test cluster are connected.</summary>
public enum ConnectionTransportType
{
    /// <summary>TCP on loopback.</summary>
    TcpSocket = 0,

    /// <summary>Memory: endpoints are names only.</summary>
    InMemory = 1,

    /// <summary>Unix domain sockets: an endpoint is a file in the temporary folder.</summary>
    UnixSocket = 2,
}
