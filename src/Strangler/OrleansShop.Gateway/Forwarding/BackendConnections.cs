using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>The connections to all backends, pooled and kept open between requests.</summary>
internal sealed class BackendConnections : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _connectTimeout;

    public BackendConnections(ForwardingOptions options, TimeProvider time)
    {
        _time = time;
        _connectTimeout = options.ConnectTimeout;
        Client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.Current,
            // Names are resolved anew at least this often, so that a replaced container is found.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Below the two minutes after which the backends close idle connections, so that this side closes first.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            ConnectCallback = ConnectAsync,
        });
    }

    public HttpMessageInvoker Client { get; }

    public void Dispose() => Client.Dispose();

    /// <summary>
    /// Connects by hand instead of through the handler's own connect timeout, because a timed-out connection there looks like
    /// a timed-out request, and only the former may be sent elsewhere.
    /// </summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_connectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new ConnectFailedException($"{context.DnsEndPoint.Host}:{context.DnsEndPoint.Port} did not accept a connection within {_connectTimeout}.", null);
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new ConnectFailedException($"{context.DnsEndPoint.Host}:{context.DnsEndPoint.Port} cannot be connected to: {refused.SocketErrorCode}.", refused);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
