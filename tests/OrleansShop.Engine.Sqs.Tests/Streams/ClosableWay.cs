using System.Net;
using System.Net.Sockets;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>A way to a server that can be closed: then nobody listens there, and connections are cut.</summary>
internal sealed class ClosableWay : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _connections = [];
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _port;

    private ClosableWay(Uri server) => _server = server;

    public string Endpoint => $"http://127.0.0.1:{_port}";

    public static Task<ClosableWay> OpenAsync(string server)
    {
        var way = new ClosableWay(new Uri(server));
        way.Open();
        return Task.FromResult(way);
    }

    /// <summary>At the same port as before.</summary>
    public void Open()
    {
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _listener = listener;
        _accepting = Accept(listener);
    }

    public async Task CloseAsync()
    {
        _listener?.Stop();
        await _accepting;
        lock (_gate)
        {
            foreach (var connection in _connections) connection.Dispose();
            _connections.Clear();
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task Accept(TcpListener listener)
    {
        while (true)
        {
            TcpClient incoming;
            try
            {
                incoming = await listener.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = Pass(incoming);
        }
    }

    private async Task Pass(TcpClient incoming)
    {
        using var outgoing = new TcpClient();
        try
        {
            lock (_gate) _connections.Add(incoming);
            await outgoing.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(incoming.GetStream().CopyToAsync(outgoing.GetStream()), outgoing.GetStream().CopyToAsync(incoming.GetStream()));
        }
        catch (Exception cut) when (cut is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end may go at any time.
        }
        finally
        {
            lock (_gate) _connections.Remove(incoming);
            incoming.Dispose();
        }
    }
}
