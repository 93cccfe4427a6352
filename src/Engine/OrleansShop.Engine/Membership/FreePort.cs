using System.Net;
using System.Net.Sockets;

namespace OrleansShop.Engine.Membership;

/// <summary>Finds a port that nobody listens on now.</summary>
internal static class FreePort
{
    /// <summary>A free port at <paramref name="address"/>. Another process may take it before the caller does; then listening fails and says so.</summary>
    public static int At(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
