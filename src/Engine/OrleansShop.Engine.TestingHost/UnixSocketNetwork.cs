using System.Net;
using System.Net.Sockets;
using OrleansShop.Engine.Messaging.Transport;

namespace OrleansShop.Engine.TestingHost;

/// <summary>Connections over Unix domain sockets: endpoints are names of files.</summary>
/// <param name="pathOf">The path of an endpoint's file.</param>
/// <param name="maxPendingBytes">How many bytes may wait to be sent on one connection.</param>
internal sealed class UnixSocketNetwork(Func<EndPoint, string> pathOf, int maxPendingBytes) : IClusterTransport
{
    private const int Backlog = 512;

    public ValueTask<ITransportListener> ListenAsync(IPEndPoint endpoint, Action<IFrameChannel> accepted, CancellationToken cancellationToken)
    {
        var path = pathOf(endpoint);
        var socket = NewSocket();
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen(Backlog);
        }
        catch (SocketException cause)
        {
            socket.Dispose();
            throw new IOException($"Cannot listen on {path} ({cause.SocketErrorCode}). Remove the file if nobody listens there any more.", cause);
        }

        return new(new Listener(new TcpListenerLoop(socket, endpoint, channel => accepted(new TcpChannel(channel, maxPendingBytes))), path));
    }

    public async ValueTask<IFrameChannel> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var path = pathOf(endpoint);
        var socket = NewSocket();
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new TcpChannel(socket, maxPendingBytes);
        }
        catch (SocketException cause) when (cause.SocketErrorCode == SocketError.ConnectionRefused || !File.Exists(path))
        {
            socket.Dispose();
            throw new ConnectionRefusedException($"Nothing listens on {path}.", cause);
        }
        catch (SocketException cause)
        {
            socket.Dispose();
            throw new IOException($"Cannot connect to {path} ({cause.SocketErrorCode}).", cause);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    // The file would otherwise outlive the silo, and nobody could listen there again.
    private sealed class Listener(TcpListenerLoop loop, string path) : ITransportListener
    {
        public IPEndPoint Endpoint => loop.Endpoint;

        public async ValueTask DisposeAsync()
        {
            await loop.DisposeAsync();
            File.Delete(path);
        }
    }
}
