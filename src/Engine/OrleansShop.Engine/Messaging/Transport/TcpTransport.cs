using System.Net;
using System.Net.Sockets;

namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>Connections between processes.</summary>
/// <param name="maxPendingBytes">How many bytes may wait to be sent on one connection.</param>
internal sealed class TcpTransport(int maxPendingBytes) : IClusterTransport
{
    private const int Backlog = 512;

    public ValueTask<ITransportListener> ListenAsync(IPEndPoint endpoint, Action<IFrameChannel> accepted, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(Backlog);
        }
        catch (SocketException cause)
        {
            socket.Dispose();
            throw new IOException(
                $"Cannot listen on {endpoint} ({cause.SocketErrorCode}). Choose another port, or stop the process that uses it.", cause);
        }

        return new(new TcpListenerLoop(socket, (IPEndPoint)socket.LocalEndPoint!, channel => accepted(new TcpChannel(channel, maxPendingBytes))));
    }

    public async ValueTask<IFrameChannel> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new TcpChannel(socket, maxPendingBytes);
        }
        catch (SocketException cause) when (cause.SocketErrorCode == SocketError.ConnectionRefused)
        {
            socket.Dispose();
            throw new ConnectionRefusedException($"Nothing listens on {endpoint}.", cause);
        }
        catch (SocketException cause)
        {
            socket.Dispose();
            throw new IOException($"Cannot connect to {endpoint} ({cause.SocketErrorCode}).", cause);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}
