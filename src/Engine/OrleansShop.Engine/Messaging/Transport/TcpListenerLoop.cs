using System.Net;
using System.Net.Sockets;

namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>Accepts connections until it is disposed.</summary>
internal sealed class TcpListenerLoop : ITransportListener
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(10);

    private readonly Socket _socket;
    private readonly Task _loop;

    public TcpListenerLoop(Socket socket, IPEndPoint endpoint, Action<Socket> accepted)
    {
        _socket = socket;
        Endpoint = endpoint;
        _loop = Accept(accepted);
    }

    public IPEndPoint Endpoint { get; }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _loop;
    }

    private async Task Accept(Action<Socket> accepted)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _socket.AcceptAsync();
            }
            catch (Exception ended) when (ended is ObjectDisposedException
                or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted or SocketError.InvalidArgument })
            {
                return;
            }
            catch (SocketException)
            {
                // The peer gave up before it was accepted, or the process is short of descriptors, which does not change at once.
                await Task.Delay(RetryDelay, TimeProvider.System);
                continue;
            }

            try
            {
                accepted(socket);
            }
            catch (SocketException)
            {
                // The peer has already gone: its options can no longer be set.
                socket.Dispose();
            }
        }
    }
}
