using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Messaging;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Membership;

/// <summary>
/// A silo's life, from its first connection to its last.
/// </summary>
/// <remarks>
/// <code>
///  start                                            row          others
///  ─────                                            ───          ──────
///  (1) listen for silos and clients                  –           connections are refused before this
///  (2) join: earlier generations here are dead      Joining      open a connection to it
///  (3) count up the heartbeat, watch the others'
///  (4) become active                                Active       compute the next ring, drain what it now owns, acknowledge
///       │                                                        it opens a partition when all have acknowledged
///       ▼  serve: each new view replaces the ring, drains what was lost, acknowledges, opens what was gained
///  stop
///  ────
///  (5) hand over                                    ShuttingDown take its partitions; calls to them wait
///  (6) drained: every activation has ended           "           it acknowledges, so they open what they took
///  (7) leave                                        Dead         send it no more requests, and say so on each connection
///  (8) answer what is left, close connections
///  (9) stop listening                                            from here on, refused means gone
///
///  crash: the heartbeat stands still, or connections are refused twice ─► another silo writes Dead ─► (4) for the rest
/// </code>
/// The same drawing, with what each step waits for, is in docs/roads/silo-life.md.
/// </remarks>
internal sealed partial class SiloLife : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan OthersTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastAnswersTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(5);

    private readonly ILocalSiloDetails _silo;
    private readonly ListeningEndpoints _endpoints;
    private readonly ClusterConnections _connections;
    private readonly OutgoingRequests _requests;
    private readonly SiloViews _views;
    private readonly ViewTableWatch _table;
    private readonly RingHolder _ring;
    private readonly GrainTypes _types;
    private readonly ClusteringOptions _options;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime? _host;
    private readonly ILogger _logger;
    private readonly List<ITransportListener> _listeners = [];
    private bool _hasJoined;
    private volatile bool _isDeclaredDead;
    private volatile bool _isKilled;

    public SiloLife(
        ILocalSiloDetails silo, ListeningEndpoints endpoints, ClusterConnections connections, OutgoingRequests requests, SiloViews views, ViewTableWatch table, RingHolder ring, GrainTypes types,
        IMessageHandler handler, ClusteringOptions options, TimeProvider time, ILogger<SiloLife> logger, IHostApplicationLifetime? host = null)
    {
        _silo = silo;
        _endpoints = endpoints;
        _connections = connections;
        _requests = requests;
        _views = views;
        _table = table;
        _ring = ring;
        _types = types;
        _options = options;
        _time = time;
        _logger = logger;
        _host = host;
        connections.Attach(handler, () => ring.Current.View.Version);
        table.ViewRead = view => _ = views.Enter(view);
        table.DeclaredDead = StopBecauseDeclaredDead;
    }

    public void Participate(ISiloLifecycle lifecycle)
    {
        // After the clock of calls has started, and before it stops: the last answers are still timed.
        lifecycle.Subscribe(nameof(SiloLife), ServiceLifecycleStage.RuntimeServices, Join, Leave);
        lifecycle.Subscribe(nameof(SiloLife), ServiceLifecycleStage.BecomeActive, BecomeActive, HandOver);
    }

    /// <summary>
    /// Ends the silo as a crash would, for tests: it stops listening, its connections break, and nobody is told. Stopping its host
    /// afterwards releases what it holds.
    /// </summary>
    public async Task Kill()
    {
        _isKilled = true;
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        await _table.Stop();
        await _connections.CloseAll(new IOException("The silo was killed."));
    }

    private async Task Join(CancellationToken cancellationToken)
    {
        // (1)
        _listeners.Add(await _connections.Listen(_endpoints.Silos, isGateway: false, cancellationToken));
        if (_endpoints.Clients is { } gateway)
            _listeners.Add(await _connections.Listen(gateway, isGateway: true, cancellationToken));

        // (2)
        if ((await _table.Read(cancellationToken)).Find(_silo.SiloAddress) is not null)
            throw new OrleansException($"A silo with the address {_silo.SiloAddress} is in the membership table already. It started within the same second at the same port: start again.");
        await Write(SiloStatus.Joining, cancellationToken);
        _hasJoined = true;

        // (3)
        _table.Start();
    }

    private async Task BecomeActive(CancellationToken cancellationToken)
    {
        // (4)
        var view = await Write(SiloStatus.Active, cancellationToken);
        await _views.Enter(view);
        TellOthers(view);

        // A start that has returned means that calls from anywhere find this silo.
        await _views.OthersAreHere(OthersTimeout, cancellationToken);
        LogActive(_silo.Name, _silo.SiloAddress, view.Version);
    }

    private async Task HandOver(CancellationToken cancellationToken)
    {
        if (!_hasJoined || _isDeclaredDead || _isKilled)
            return;

        // (5)
        LogHandingOver(_silo.SiloAddress);
        var view = await Write(SiloStatus.ShuttingDown, cancellationToken);
        await _views.Enter(view);
        TellOthers(view);

        // (6)
        await _views.LeftEmpty.WaitAsync(_options.HandoffTimeout, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_views.LeftEmpty.IsCompleted)
            LogNotDrained(_silo.SiloAddress, _options.HandoffTimeout);
    }

    private async Task Leave(CancellationToken cancellationToken)
    {
        if (_hasJoined && !_isDeclaredDead && !_isKilled)
        {
            // (7) Before the row says Dead, so that nobody sends to a silo that the table calls dead.
            await SayGoodbye(cancellationToken);
            await WaitForLastAnswers(cancellationToken);
            var view = await Write(SiloStatus.Dead, cancellationToken);
            TellOthers(view);
        }

        await _table.Stop();
        await _views.Stop();

        // (8)
        await _connections.CloseAll(_isKilled ? new IOException("The silo was killed.") : null);

        // (9)
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        if (!_isKilled)
            LogGone(_silo.SiloAddress);
    }

    private Task<MembershipView> Write(SiloStatus status, CancellationToken cancellationToken)
    {
        var row = new MembershipRow(_silo.SiloAddress, status, _silo.Name, _silo.DnsHostName, _silo.GatewayAddress.Endpoint.Port, _types.Hosted);
        return _table.Change(view => MembershipChange.Towards(row, view), cancellationToken);
    }

    private void TellOthers(MembershipView view)
    {
        using var writer = PayloadWriter.Rent(_connections.Codecs);
        ViewFrame.WriteNotice(writer, view.Version);
        foreach (var connection in _connections.Open.Where(connection => connection.Peer?.Silo is not null))
            connection.SendControl(writer.Written);
    }

    // Each connection says that no more requests follow on it; what was sent before has arrived by then.
    private async Task SayGoodbye(CancellationToken cancellationToken)
    {
        var open = _connections.Open.ToArray();
        foreach (var connection in open)
            connection.SendControl([(byte)FrameKind.Leaving]);
        await Task.WhenAll(open.Select(connection => connection.PeerSentLast)).WaitAsync(GoodbyeTimeout, _time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WaitForLastAnswers(CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        while (_time.GetElapsedTime(since) < LastAnswersTimeout && !cancellationToken.IsCancellationRequested
            && (_requests.RelayedCalls > 0 || _connections.Open.Any(connection => connection.UnderWay > 0)))
        {
            await Task.Delay(LookPeriod, _time, CancellationToken.None);
        }
    }

    private void StopBecauseDeclaredDead()
    {
        _isDeclaredDead = true;
        _ = _connections.CloseAll(new IOException($"Silo {_silo.SiloAddress} has been declared dead."));
        _host?.StopApplication();
    }
}
