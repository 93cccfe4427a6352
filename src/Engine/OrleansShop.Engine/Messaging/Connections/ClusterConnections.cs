using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>All connections of this process: listens, dials, exchanges hellos, and knows who is at the other end of each.</summary>
internal sealed partial class ClusterConnections : IConnectionOwner, IDisposable
{
    private readonly IClusterTransport _transport;
    private readonly ConnectionLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RefusalLog _refusals;
    private readonly ConcurrentDictionary<SiloAddress, SiloLink> _silos = new();
    private readonly ConcurrentDictionary<string, ClientLink> _clients = new(StringComparer.Ordinal);

    // By number: in the same order in each run, which object identities would not be.
    private readonly ConcurrentDictionary<long, Connection> _all = new();
    private readonly CancellationTokenSource _stopping = new();
    private IMessageHandler _handler = null!;
    private Func<long> _viewVersion = static () => 0;
    private Func<SiloAddress, bool> _isDead = static _ => false;
    private long _lookedAtMs;
    private long _lastNumber;
    private volatile bool _takesNoMore;

    public ClusterConnections(
        LocalPeer self, IClusterTransport transport, ConnectionLimits limits, ICodecProvider codecs, TimeProvider time, ILogger<ClusterConnections> logger)
    {
        Self = self;
        Codecs = codecs;
        _transport = transport;
        _limits = limits;
        _time = time;
        _logger = logger;
        _refusals = new RefusalLog(time);
    }

    /// <summary>Who this process is.</summary>
    public LocalPeer Self { get; }

    public ICodecProvider Codecs { get; }

    /// <summary>The time that connections go by.</summary>
    public TimeProvider Time => _time;

    /// <summary>The connections whose hellos are done.</summary>
    public IEnumerable<Connection> Open => _all.Values.Where(connection => connection.Peer is not null);

    /// <summary>From now on no connection of others is taken; those that are open stay so.</summary>
    public void TakeNoMore() => _takesNoMore = true;

    /// <summary>Told of a silo that does not answer on a connection.</summary>
    public Action<SiloAddress> Suspected { get; set; } = static _ => { };

    /// <summary>Told when a silo that did not answer does so again.</summary>
    public Action Cleared { get; set; } = static () => { };

    /// <summary>Says where frames go, before the first connection.</summary>
    /// <param name="handler">Gets the frames.</param>
    /// <param name="viewVersion">The view of this process.</param>
    /// <param name="isDead">Whether a silo is dead in that view: nothing is taken from it. Null if nobody is.</param>
    public void Attach(IMessageHandler handler, Func<long> viewVersion, Func<SiloAddress, bool>? isDead = null)
    {
        _handler = handler;
        _viewVersion = viewVersion;
        _isDead = isDead ?? _isDead;
    }

    /// <summary>
    /// Looks which silos have become silent: asks them, and has new requests wait for those that do not answer. Called at each tick of the clock of
    /// calls.
    /// </summary>
    /// <param name="nowMs">Now, in milliseconds.</param>
    /// <param name="periodMs">How far apart the calls are meant to be.</param>
    public void LookForSilence(long nowMs, long periodMs)
    {
        var isLate = nowMs - _lookedAtMs > 2 * periodMs;
        _lookedAtMs = nowMs;
        foreach (var (_, connection) in _all)
        {
            if (connection.Peer?.Silo is not { } silo || !connection.LookForSilence(isLate))
                continue;
            LogSuspected(silo, connection.Remote);
            Suspected(silo);
        }
    }

    /// <summary>Accepts connections.</summary>
    public ValueTask<ITransportListener> Listen(IPEndPoint endpoint, bool isGateway, CancellationToken cancellationToken) =>
        _transport.ListenAsync(endpoint, channel => Accept(channel, isGateway), cancellationToken);

    /// <summary>The link to a silo; made on first use. A client gives the silo's gateway as <paramref name="endpoint"/>.</summary>
    public SiloLink LinkTo(SiloAddress silo, IPEndPoint endpoint) =>
        _silos.TryGetValue(silo, out var link)
            ? link
            : _silos.GetOrAdd(silo, static (silo, made) => new SiloLink(silo, made.Endpoint, made.This.OpenTo, made.This.Backoff, made.This.ReportGone), (Endpoint: endpoint, This: this));

    /// <summary>The link to a silo, if one was made.</summary>
    public SiloLink? FindLink(SiloAddress silo) => _silos.GetValueOrDefault(silo);

    /// <summary>The link to a client, whether it is connected or not.</summary>
    public ClientLink ClientOf(string clientId) =>
        _clients.TryGetValue(clientId, out var client) ? client : _clients.GetOrAdd(clientId, static (id, now) => new ClientLink(id, now), _time.GetTimestamp());

    /// <summary>Forgets a dead silo and closes what is open to it.</summary>
    public void Forget(SiloAddress silo)
    {
        if (_silos.TryRemove(silo, out var link))
            link.Close();
    }

    /// <summary>Forgets the clients that have not been connected for so long.</summary>
    public void ForgetClientsAway(TimeSpan limit)
    {
        foreach (var client in _clients)
        {
            if (client.Value.Current is null && _time.GetElapsedTime(client.Value.AwaySince) > limit)
                _clients.TryRemove(client);
        }
    }

    /// <summary>Opens a connection to a port for clients whose silo is not known yet.</summary>
    public Task<Connection> OpenGateway(IPEndPoint endpoint, CancellationToken cancellationToken) =>
        Dial(endpoint, isGateway: true, cancellationToken);

    /// <summary>Stops dialing and closes every connection after what was sent has gone out.</summary>
    public async Task CloseAll(Exception? cause = null)
    {
        await _stopping.CancelAsync();
        var all = _all.Values.ToArray();
        foreach (var connection in all)
            connection.Close(cause);
        await Task.WhenAll(all.Select(connection => connection.Ended)).WaitAsync(_limits.OpenTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // What did not close in time has a peer that does not read; it is cut off.
        foreach (var connection in all.Where(connection => !connection.Ended.IsCompleted))
            connection.Close(new TimeoutException($"{connection.Remote} did not take what was left to send within {_limits.OpenTimeout.TotalSeconds} s."));
    }

    public void Dispose() => _stopping.Dispose();

    void IConnectionOwner.Greeted(Connection connection, Hello hello)
    {
        if (hello.ClusterId != Self.ClusterId)
            throw new FrameException($"It is of cluster '{hello.ClusterId}', and this process of cluster '{Self.ClusterId}'.");
        if (hello.Role == PeerRole.Silo && hello.Silo!.Equals(Self.Silo))
            throw new FrameException("It is this silo itself.");
        if (hello.Role == PeerRole.Silo && _isDead(hello.Silo!))
            throw new FrameException($"It is silo {hello.Silo}, which is dead in view {_viewVersion()}.");
        if (!connection.IsDialed)
        {
            // What comes on it would not be answered. Before the hello, so that the other end sends nothing.
            if (_takesNoMore)
                throw new FrameException($"{Self.Identity} leaves the cluster.");
            if (hello.Role == PeerRole.Client && !connection.IsGateway)
                throw new FrameException($"It is a client, and {Self.Identity} takes clients at its gateway port only.");
            SendHello(connection);
        }
    }

    void IConnectionOwner.Opened(Connection connection)
    {
        var peer = connection.Peer!;
        LogOpened(peer.Role, peer.Identity, connection.Remote);

        // A client has dialed the silo's gateway, and dials there again when this connection is lost.
        if (peer.Silo is { } silo)
            LinkTo(silo, connection.DialedAt ?? silo.Endpoint).Add(connection);
        else
            ClientOf(peer.Identity).Add(connection);
        _handler.Opened(connection);
    }

    void IConnectionOwner.Cleared(Connection connection)
    {
        LogCleared(connection.Peer?.Identity ?? "", connection.Remote);
        Cleared();
    }

    void IConnectionOwner.Received(Connection connection, FrameKind kind, byte[] buffer, int offset, int length)
    {
        switch (kind)
        {
            case FrameKind.Leaving:
                connection.AgreeToLeave();
                break;
            case FrameKind.Probe:
                connection.SendControl([(byte)FrameKind.ProbeSeen]);
                break;
            case FrameKind.ProbeSeen:
                break;
            case FrameKind.LeavingSeen:
                connection.NotePeerSentLast();
                break;
            default:
                _handler.Received(connection, kind, buffer, offset, length);
                break;
        }
    }

    void IConnectionOwner.Closed(Connection connection, Exception? cause)
    {
        _all.TryRemove(connection.Number, out _);
        if (connection.Peer is not { } peer)
        {
            if (!connection.IsDialed)
                LogRefusal(connection.Remote, cause);
            return;
        }

        LogClosed(peer.Role, peer.Identity, connection.Remote, cause?.Message ?? "in order");
        if (peer.Silo is { } silo)
            FindLink(silo)?.Remove(connection);
        else
            ClientOf(peer.Identity).Remove(connection, _time.GetTimestamp());
        _handler.Closed(connection);
    }

    private void Accept(IFrameChannel channel, bool isGateway)
    {
        var connection = NewConnection(channel, dialedAt: null, isGateway);
        if (_stopping.IsCancellationRequested)
        {
            channel.Close(new IOException("This process stops."));
            return;
        }

        _all.TryAdd(connection.Number, connection);
        connection.Start();
        _ = CloseUnlessGreeted(connection);
    }

    private Connection NewConnection(IFrameChannel channel, IPEndPoint? dialedAt, bool isGateway) =>
        new(channel, this, dialedAt, isGateway, _limits.MaxFrameBytes) { Number = Interlocked.Increment(ref _lastNumber) };

    private async Task CloseUnlessGreeted(Connection connection)
    {
        await ((Task)connection.Greeted).WaitAsync(_limits.OpenTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!connection.Greeted.IsCompleted)
            connection.Close(new TimeoutException($"It did not say who it is within {_limits.OpenTimeout.TotalSeconds} s."));
    }

    private async Task<Connection> Dial(IPEndPoint endpoint, bool isGateway, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_limits.OpenTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, _stopping.Token);
        Connection? connection = null;
        try
        {
            var channel = await _transport.ConnectAsync(endpoint, either.Token);
            connection = NewConnection(channel, endpoint, isGateway);
            _all.TryAdd(connection.Number, connection);
            connection.Start();
            SendHello(connection);
            await connection.Greeted.WaitAsync(either.Token);
            return connection;
        }
        catch (Exception cause)
        {
            connection?.Close(cause);
            if (cause is OperationCanceledException && timeout.IsCancellationRequested)
                throw new TimeoutException($"{endpoint} did not answer within {_limits.OpenTimeout.TotalSeconds} s.", cause);
            throw;
        }
    }

    private Task<Connection> OpenTo(SiloLink link) => Dial(link.Endpoint, isGateway: Self.Role == PeerRole.Client, CancellationToken.None);

    private async Task<bool> Backoff(TimeSpan delay)
    {
        await Task.Delay(delay < _limits.RetryDelay ? delay : _limits.RetryDelay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_stopping.IsCancellationRequested;
    }

    private void ReportGone(SiloLink link, string proof)
    {
        if (_limits.RefusedMeansDead)
            _handler.Gone(link.Silo, proof);
    }

    private void SendHello(Connection connection)
    {
        using var writer = PayloadWriter.Rent(Codecs);
        Self.Hello(_viewVersion()).Write(writer);
        connection.SendControl(writer.Written);
    }

    private void LogRefusal(string remote, Exception? cause)
    {
        if (_refusals.ShouldLog(remote, out var unlogged))
            LogRefused(remote, cause?.Message ?? "It closed the connection before it said who it is.", unlogged);
    }
}
