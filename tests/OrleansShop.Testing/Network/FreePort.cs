using System.Net;
using System.Net.Sockets;

namespace OrleansShop.Testing.Network;

/// <summary>
/// A loopback port that was free a moment ago, for servers that cannot bind port 0 and say which they got. Another process may take it in between: whoever
/// starts a server with it tries again with another.
/// </summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }
}
