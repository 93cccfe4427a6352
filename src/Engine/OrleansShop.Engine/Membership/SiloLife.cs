using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Activations.Watch;
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
///  (3) take the lease, watch the others'
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
///  lease out: run no turn, answer no call                        wait; if the table takes a renewal, go on where it stood still
///  declared dead, voted out: the same, and stop     Dead         as soon as the last turn has ended, or by another silo
///  crash: the heartbeat stands still, or connections are refused twice ─► another silo writes Dead ─► (4) for the rest
/// </code>
/// The same drawing, with what each step waits for, is in docs/roads/silo-life.md.
/// </remarks>
internal sealed partial class SiloLife : ILifecycleParticipant<ISiloLifecycle>, IDisposable
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
    private readonly LeaseKeeper _keeper;
    private readonly SiloLease _lease;
    private readonly RingHolder _ring;
    private readonly GrainTypes _types;
    private readonly ClusteringOptions _options;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime? _host;
    private readonly ILogger _logger;
    private readonly List<ITransportListener> _listeners = [];
    private readonly CancellationTokenSource _out = new();
    private readonly TaskCompletionSource _leftAtOnce = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasJoined;
    private long _handingOverSince;
    private volatile bool _isKilled;

    public SiloLife(
        ILocalSiloDetails silo, ListeningEndpoints endpoints, ClusterConnections connections, OutgoingRequests requests, SiloViews views, ViewTableWatch table, LeaseKeeper keeper, SiloLease lease, RingHolder ring, GrainTypes types,
        IMessageHandler handler, ClusteringOptions options, TimeProvider time, ILogger<SiloLife> logger, IHostApplicationLifetime? host = null)
    {
        _silo = silo;
        _endpoints = endpoints;
        _connections = connections;
        _requests = requests;
        _views = views;
        _table = table;
        _keeper = keeper;
        _lease = lease;
        _ring = ring;
        _types = types;
        _options = options;
        _time = time;
        _logger = logger;
        _host = host;
        connections.Attach(handler, () => ring.Current.View.Version, silo => ring.Current.View.IsDead(silo));
        table.ViewRead = view => _ = views.Enter(view);
        table.IsReachable = silo => connections.FindLink(silo)?.Current is { IsSuspected: false };
        connections.Suspected = _ => table.Want();
        keeper.Acknowledged = () => views.Acknowledgement;
        lease.Ended += () => _ = LeaveAtOnce();
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
        await _keeper.Stop();
        await _table.Stop();
        _lease.End();
        await _connections.CloseAll(new IOException("The silo was killed."));
    }

    public void Dispose() => _out.Dispose();

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
        _keeper.Start();
        _table.Start();
    }

    private async Task BecomeActive(CancellationToken cancellationToken)
    {
        // (4) Not without the lease: from here on grains run.
        await _keeper.Held.WaitAsync(cancellationToken);
        var view = await Write(SiloStatus.Active, cancellationToken);
        await _views.Enter(view);
        TellOthers(view);

        // A start that has returned means that calls from anywhere find this silo.
        await _views.OthersAreHere(OthersTimeout, cancellationToken);
        LogActive(_silo.Name, _silo.SiloAddress, view.Version);
    }

    private async Task HandOver(CancellationToken cancellationToken)
    {
        if (!_hasJoined || IsOut)
            return;

        // (5)
        _handingOverSince = _time.GetTimestamp();
        LogHandingOver(_silo.SiloAddress);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _out.Token);
        try
        {
            var view = await WriteWithPatience(SiloStatus.ShuttingDown, hasDrained: false, either.Token);
            await _views.Enter(view);
            TellOthers(view);

            // (6)
            await _views.LeftEmpty.WaitAsync(_options.HandoffTimeout, _time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (IsOut)
        {
            return;
        }

        if (_views.LeftEmpty.IsCompleted || IsOut)
            return;

        // What does not end would run beside its successor once this silo is dead.
        LogNotDrained(_silo.SiloAddress, _options.HandoffTimeout);
        await _keeper.Stop();
        _lease.End();
    }

    private async Task Leave(CancellationToken cancellationToken)
    {
        if (_hasJoined && !IsOut)
        {
            // (7) Before the row says Dead, so that nobody sends to a silo that the table calls dead.
            await SayGoodbye(cancellationToken);
            await WaitForLastAnswers(cancellationToken);
            await _keeper.Leave();
            await SayDead(hasDrained: _views.LeftEmpty.IsCompleted, cancellationToken);
        }

        if (_lease.IsOver && !_isKilled)
            await _leftAtOnce.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _table.Stop();
        await _keeper.Stop();
        await _views.Stop();

        // (8)
        await _connections.CloseAll(_isKilled ? new IOException("The silo was killed.") : null);

        // (9)
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        if (!IsOut)
            LogGone(_silo.SiloAddress);
    }

    private bool IsOut => _isKilled || _lease.IsOver;

    // The lease is over: nothing of this silo may be seen any more, and the sooner the table says so, the sooner its grains live elsewhere.
    private async Task LeaveAtOnce()
    {
        if (_isKilled)
            return;
        _host?.StopApplication();
        await _out.CancelAsync();
        await _keeper.Stop();
        await _connections.CloseAll(new IOException($"The lease of silo {_silo.SiloAddress} is over."));
        try
        {
            await SayDead(hasDrained: false, CancellationToken.None);
        }
        finally
        {
            _leftAtOnce.SetResult();
        }
    }

    // For as long as a lease lasts: by then the others say it.
    private async Task SayDead(bool hasDrained, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.LeaseDuration, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            if (_lease.IsOver)
                await RunningTurns.Ended(_lease, _time, either.Token);
            TellOthers(await WriteWithPatience(SiloStatus.Dead, hasDrained, either.Token));
            if (_lease.IsOver)
                LogOut(_silo.SiloAddress);
        }
        catch (OperationCanceledException)
        {
            // A turn does not end, or the table does not answer. The listener stays until the process ends: refused means gone.
            LogNotOut(_silo.SiloAddress);
        }
    }

    private Task<MembershipView> WriteWithPatience(SiloStatus status, bool hasDrained, CancellationToken cancellationToken)
    {
        var row = NewRow(status) with { HasDrained = hasDrained };
        return _table.ChangeWithPatience(view => MembershipChange.Towards(row, view), cancellationToken);
    }

    private Task<MembershipView> Write(SiloStatus status, CancellationToken cancellationToken)
    {
        var row = NewRow(status);
        return _table.Change(view => MembershipChange.Towards(row, view), cancellationToken);
    }

    private MembershipRow NewRow(SiloStatus status) =>
        new(_silo.SiloAddress, status, _silo.Name, _silo.DnsHostName, _silo.GatewayAddress.Endpoint.Port, _types.Hosted);

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
        _connections.TakeNoMore();
        var open = _connections.Open.ToArray();
        foreach (var connection in open)
            connection.SendControl([(byte)FrameKind.Leaving]);
        await Task.WhenAll(open.Select(connection => connection.PeerSentLast)).WaitAsync(GoodbyeTimeout, _time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WaitForLastAnswers(CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        var patience = PatienceForLastAnswers();
        while (_time.GetElapsedTime(since) < patience && !cancellationToken.IsCancellationRequested
            && (_requests.RelayedCalls > 0 || _connections.Open.Any(connection => connection.UnderWay > 0)))
        {
            await Task.Delay(LookPeriod, _time, CancellationToken.None);
        }
    }

    // Calls that came while this silo drained are answered by the next owners, who may be slow to start: their callers must not be told that a silo has died which had all the time to wait.
    private TimeSpan PatienceForLastAnswers()
    {
        var left = _ring.Current.View.Active.IsEmpty ? TimeSpan.Zero : _options.HandoffTimeout - _time.GetElapsedTime(_handingOverSince);
        return left > LastAnswersTimeout ? left : LastAnswersTimeout;
    }
}
