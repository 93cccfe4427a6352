using System.Net;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Messaging;

/// <summary>
/// Sends a call where its grain lives: computed from the ring of this process, without a lookup.
/// </summary>
/// <remarks>
/// <code>
///  Route ─┬─ the grain is ours, and open ────────────► local delivery
///         ├─ another silo's, but placed here ────────► local delivery
///         ├─ the grain is ours, but held ────────────► waiting room, until its last owner has drained
///         ├─ another silo's, connected ──────────────► request frame
///         ├─ another silo's, not connected ──────────► waiting room, while the link connects
///         ├─ another silo's, which is silent ────────► waiting room, until it answers, or the view has another owner
///         ├─ an observer's ──────────────────────────► its client's connection
///         └─ nobody hosts the type ──────────────────► fails at once, saying who hosts what
/// </code>
/// Hot path: one volatile read, one dictionary read and two array reads find the owner. Benchmarks: client → silo, silo → silo.
/// </remarks>
internal sealed class ClusterRouter : ICallRouter
{
    private const int RetryPeriodMs = 1000;
    private const int LastTicks = 2;

    // Instead of the number of a placement: the call is for an activation that its silo is draining.
    private const long OfDrained = long.MaxValue;

    private readonly RingHolder _ring;
    private readonly ClusterConnections _connections;
    private readonly LocalCalls _local;
    private readonly OutgoingRequests _requests;
    private readonly Answers _answers;
    private readonly CallClock _clock;
    private readonly RouterLimits _limits;
    private readonly ReferenceFactory _references;
    private readonly Redirects? _redirects;
    private readonly WaitingRoom _waiting;
    private uint _lastWorker;
    private int _retriesWanted;
    private long _retriedAtMs;

    public ClusterRouter(
        RingHolder ring, ClusterConnections connections, LocalCalls local, OutgoingRequests requests, Answers answers, CallClock clock, RouterLimits limits,
        ReferenceFactory references, Redirects? redirects = null)
    {
        _references = references;
        _ring = ring;
        _connections = connections;
        _local = local;
        _requests = requests;
        _answers = answers;
        _clock = clock;
        _limits = limits;
        _redirects = redirects;
        redirects?.Attach(this);
        _waiting = new WaitingRoom(limits.MaxWaitingCalls);
        clock.AtEachTick(LookAtWaiting);
        clock.AtEachTick(nowMs => connections.LookForSilence(nowMs, CallClock.TickMs));
        connections.Cleared = Retry;
    }

    /// <summary>How many calls wait for their owner.</summary>
    public int WaitingCalls => _waiting.Count;

    public bool IsMine(GrainId grainId) => _local.Runs(grainId) || _ring.Current.MayActivate(grainId);

    public void Route(GrainCall call)
    {
        if (call.Is(CallFlags.Abandoned | CallFlags.Misfit) && TryRouteUnusual(call))
            return;

        var ring = _ring.Current;
        if (ring.Find(call.Target.GrainType) is { } hosting)
            RouteToHost(call, ring, hosting);
        else
            RouteElsewhere(call, ring);
    }

    public void Cancel(GrainCall call) => _requests.Cancel(call);

    /// <summary>Takes a call from the wire, whose sender is at <paramref name="senderView"/>.</summary>
    public void Receive(GrainCall call, long senderView)
    {
        var ring = _ring.Current;
        if (ring.Find(call.Target.GrainType) is { IsStatelessWorker: false } hosting && !hosting.Owned.Contains(Partition.Of(call.TargetId)))
        {
            // The sender may know better: then the call waits for its view. If it does not, the call is sent on, and that view comes back with
            // the answer. Sending on along ever newer views ends by itself; it is counted where there is no progress.
            if (senderView > ring.View.Version)
            {
                Wait(call, ring);
                return;
            }

            if (senderView == ring.View.Version)
                call.ForwardCount++;
        }

        Route(call);
    }

    /// <summary>Takes a call that the owner of its grain sends to where it has placed the grain: here.</summary>
    public void ReceivePlaced(GrainCall call, long placement, SiloAddress owner)
    {
        if (placement == OfDrained)
        {
            ReceiveForDrained(call);
            return;
        }

        // If the activation has gone, the owner hears of that before the call comes back to it.
        if (_redirects?.TryDeliver(call, placement, owner) != true)
            Route(call);
    }

    /// <summary>Sends a call to where this silo, the owner of its grain, has placed the grain.</summary>
    public void SendPlaced(GrainCall call, SiloAddress host, long placement)
    {
        var ring = _ring.Current;
        var link = LinkTo(host, ring);
        if (ring.View.IsDead(host) || link.Current is not { IsSuspected: false, Peer.Silo: not null } connection)
        {
            WaitFor(link, call, ring);
            return;
        }

        call.RemoteSilo = host;
        if (_requests.TrySend(call, connection, ring.View.Version, placement))
            return;
        call.RemoteSilo = null;
        Wait(call, ring);
        Reconnect(connection);
    }

    /// <summary>Fails the calls that wait for a grain.</summary>
    public void RefuseWaiting(GrainId grain, Exception cause)
    {
        foreach (var call in _waiting.TakeFor(grain))
            _answers.Refuse(call, cause);
    }

    /// <summary>Something changed: a view, an acknowledgement, a connection. Everything that waits tries again, on another thread.</summary>
    public void Retry()
    {
        if (Interlocked.Increment(ref _retriesWanted) == 1)
            ThreadPool.UnsafeQueueUserWorkItem(static router => router.RetryAll(), this, preferLocal: false);
    }

    /// <summary>Keeps a call until something changes; fails it if too many wait.</summary>
    public void Wait(GrainCall call, Ring seen)
    {
        try
        {
            call.IsolateArguments();
        }
#pragma warning disable CA1031 // A copier of the application may throw anything; the caller gets it.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            _answers.Refuse(call, cause);
            return;
        }

        if (!_waiting.TryAdd(call))
        {
            _answers.Refuse(call, new LimitExceededException(
                $"{call} would be one more than the {_limits.MaxWaitingCalls} calls (ClusteringOptions.MaxWaitingCalls) that wait for the owner of their grain."));
            return;
        }

        // What it waits for may have happened between the look at the ring and the line above.
        if (!ReferenceEquals(seen, _ring.Current))
            Retry();
    }

    // One thread at a time: a call that has to wait again asks for a retry again, and must not end up below itself on the stack.
    private void RetryAll()
    {
        int wanted;
        do
        {
            wanted = Volatile.Read(ref _retriesWanted);
            foreach (var call in _waiting.TakeAll())
                TryRoute(call);
        }
        while (Interlocked.CompareExchange(ref _retriesWanted, 0, wanted) != wanted);
    }

    private void TryRoute(GrainCall call)
    {
        try
        {
            Route(call);
        }
#pragma warning disable CA1031 // On this thread nobody else would hear of it: the caller does, and the other calls go on.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            _answers.Refuse(call, cause);
        }
    }

    // Calls that are not to be run: given up, or of a version that the class here does not answer.
    private bool TryRouteUnusual(GrainCall call)
    {
        if (call.Is(CallFlags.Abandoned))
        {
            _answers.Refuse(call, new OperationCanceledException($"The caller of {call} has given up."));
            return true;
        }

        var ring = _ring.Current;
        if (_redirects is null || ring.Find(call.Target.GrainType) is not { } hosting)
            return false;
        if (_redirects.AnswersHere(call, ring))
            return TryRouteAsUsual(call);
        if (hosting.IsStatelessWorker)
            SendToWorker(call, hosting, ring);
        else if (_redirects.FindActivation(call.TargetId) is { } activation)
            EndMisfit(activation, call, ring);
        else if (!hosting.Owned.Contains(Partition.Of(call.TargetId)))
            SendTo(hosting.Table.OwnerOf(Partition.Of(call.TargetId)), call, ring);
        else if (hosting.IsHeld(Partition.Of(call.TargetId)))
            Wait(call, ring);
        else
            _redirects.DeliverMisfit(call);
        return true;
    }

    // The rules about versions have changed while it waited. What came as bytes cannot become a call any more.
    private bool TryRouteAsUsual(GrainCall call)
    {
        call.Flags &= ~CallFlags.Misfit;
        if (call is not OpaqueCall opaque)
            return false;
        _answers.Refuse(call, opaque.NotHere());
        return true;
    }

    private void SendToWorker(GrainCall call, GrainHosts hosting, Ring ring)
    {
        var answering = _redirects!.Answering(call, hosting, ring).Where(silo => !silo.Equals(ring.Self)).ToArray();
        if (answering.Length == 0)
            _answers.Refuse(call, Redirects.NotAnswered(call, hosting, ring));
        else
            SendTo(answering[(int)(Interlocked.Increment(ref _lastWorker) % (uint)answering.Length)], call, ring);
    }

    // The activation goes, and the call finds its way when it has gone.
    private void EndMisfit(Activation activation, GrainCall call, Ring ring)
    {
        activation.Deactivate(new DeactivationReason(
            DeactivationReasonCode.IncompatibleRequest, $"A caller has version {call.Target.InterfaceVersion} of {call.Target.Interface}, which this silo does not answer."), CancellationToken.None);
        Wait(call, ring);
        _ = RetryAfter(activation.Deactivated);
    }

    private async Task RetryAfter(Task gone)
    {
        await gone;
        Retry();
    }

    private void RouteToHost(GrainCall call, Ring ring, GrainHosts hosting)
    {
        if (hosting.IsStatelessWorker)
        {
            if (hosting.IsLocal)
                DeliverHere(call);
            else
                SendTo(hosting.Silos[(int)(Interlocked.Increment(ref _lastWorker) % (uint)hosting.Silos.Length)], call, ring);
            return;
        }

        var partition = Partition.Of(call.TargetId);
        if (!hosting.Owned.Contains(partition) && _redirects is { HostsAny: true } && _redirects.Hosts(call.TargetId))
            DeliverHere(call);
        else if (!hosting.Owned.Contains(partition))
            SendTo(hosting.Table.OwnerOf(partition), call, ring);
        else if (!hosting.IsHeld(partition))
            DeliverHere(call);
        else if (!TrySendToDrained(call, partition))
            Wait(call, ring);
    }

    // The turn that is to end before the partition opens may wait for this very call, if that belongs to a chain of calls that may come back.
    private bool TrySendToDrained(GrainCall call, int partition)
    {
        if (RequestContext.ReentrancyIdOf(call.RequestContextData) == Guid.Empty)
            return false;
        var draining = _ring.Draining.Where(silo => silo.Partitions.Contains(partition)).Skip(call.ForwardCount).FirstOrDefault().Silo;
        if (draining is null)
            return false;
        SendPlaced(call, draining, OfDrained);
        return true;
    }

    // One that has gone meanwhile, or was never here, has nothing to wait for: then the call waits at the owner, as others do.
    private void ReceiveForDrained(GrainCall call)
    {
        if (_redirects?.FindActivation(call.TargetId) is { } activation && activation.TryEnqueue(call))
            return;
        call.ForwardCount++;
        Route(call);
    }

    private void RouteElsewhere(GrainCall call, Ring ring)
    {
        if (_local.Runs(call.TargetId))
        {
            DeliverHere(call);
        }
        else if (ObserverAddress.TryParse(call.TargetId, out var host))
        {
            if (host.Silo is { } silo)
                SendTo(silo, call, ring);
            else
                SendToClient(host.ClientId, call, ring);
        }
        else if (ring.View.Version == 0 && ring.Self is null)
        {
            // A client that has no view yet is still connecting.
            Wait(call, ring);
        }
        else if (_references.Types.IsExpected(call.Target.GrainType))
        {
            // The reference was made before anybody hosted the type: its service is still starting.
            Wait(call, ring);
        }
        else
        {
            _answers.Refuse(call, new OrleansMessageRejectionException(
                $"{call} cannot be sent: no silo hosts grain type {call.Target.GrainType} of interface {call.Target.Interface}. {ring.DescribeHosts()}"));
        }
    }

    private void DeliverHere(GrainCall call)
    {
        try
        {
            call.IsolateArguments();
        }
#pragma warning disable CA1031 // A copier of the application may throw anything; the caller gets it.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            _answers.Refuse(call, cause);
            return;
        }

        call.RemoteSilo = null;
        _local.Deliver(call);
    }

    private void SendTo(SiloAddress silo, GrainCall call, Ring ring)
    {
        if (ring.View.IsDead(silo))
        {
            _answers.Refuse(call, OutgoingRequests.Unavailable(call, silo, "it is dead"));
            return;
        }

        if (call.ForwardCount > _limits.MaxForwardCount)
        {
            _answers.Refuse(call, new OrleansMessageRejectionException(
                $"{call} was sent on {call.ForwardCount} times and has not found its owner; {silo} would be next. The silos do not agree on a view."));
            return;
        }

        var link = LinkTo(silo, ring);
        if (link.Current is not { IsSuspected: false, Peer.Silo: not null } connection)
        {
            WaitFor(link, call, ring);
            return;
        }

        call.RemoteSilo = silo;
        Send(connection, call, ring);
    }

    private void WaitFor(SiloLink link, GrainCall call, Ring ring)
    {
        Wait(call, ring);
        link.Connect();
        if (link.Current is { IsSuspected: false })
            Retry();
    }

    private SiloLink LinkTo(SiloAddress silo, Ring ring)
    {
        if (_connections.FindLink(silo) is { } link)
            return link;

        // A client enters through gateways; a silo without one is reached through another, which sends on.
        IPEndPoint? endpoint = silo.Endpoint;
        if (ring.Self is null)
            endpoint = ring.View.Find(silo)?.Gateway;
        if (endpoint is not null)
            return _connections.LinkTo(silo, endpoint);
        var gateway = ring.View.Active.FirstOrDefault(row => row.Gateway is not null);
        return gateway is null ? _connections.LinkTo(silo, silo.Endpoint) : _connections.LinkTo(gateway.Silo, gateway.Gateway!);
    }

    private void SendToClient(string clientId, GrainCall call, Ring ring)
    {
        var client = _connections.ClientOf(clientId);
        if (client.Current is { } connection)
        {
            Send(connection, call, ring);
            return;
        }

        // A client connects to every silo, but a silo may hear of an observer before that client has heard of the silo.
        var away = _clock.Time.GetElapsedTime(client.AwaySince);
        if (away < _limits.ClientPatience)
            Wait(call, ring);
        else
            _answers.Refuse(call, new ClientNotAvailableException($"{call} cannot be sent: client {clientId} has not been connected to this silo for {away.TotalSeconds:F0} s."));
    }

    private void Send(Connection connection, GrainCall call, Ring ring)
    {
        if (_requests.TrySend(call, connection, ring.View.Version))
            return;
        call.RemoteSilo = null;
        Wait(call, ring);
        Reconnect(connection);
    }

    private void Reconnect(Connection closed)
    {
        if (closed.Peer?.Silo is not { } silo || _connections.FindLink(silo) is not { } link)
            return;
        link.Connect();
        if (link.Current is not null)
            Retry();
    }

    private void LookAtWaiting(long nowMs)
    {
        // Just before their callers are told that there was no answer: this says why.
        var ring = _ring.Current;
        if (_waiting.Count > 0)
        {
            foreach (var call in _waiting.TakeWhere(call => call.DeadlineMs <= nowMs + LastTicks * CallClock.TickMs && ring.Find(call.Target.GrainType) is null && _references.Types.IsExpected(call.Target.GrainType)))
            {
                _answers.Refuse(call, new TimeoutException(
                    $"{call} waited in vain for a silo that hosts grain type {call.Target.GrainType} of interface {call.Target.Interface}. {ring.DescribeHosts()}"));
            }
        }

        foreach (var call in _waiting.TakeOverdue(nowMs))
        {
            // A caller in this process has been told by the table of outstanding calls; one elsewhere by its own.
            _answers.Refuse(call, new TimeoutException($"{call} waited for the owner of its grain until nobody waited for it any more."));
        }

        // Whether a client has been away too long changes by time alone.
        if (_waiting.Count > 0 && nowMs - _retriedAtMs >= RetryPeriodMs)
        {
            _retriedAtMs = nowMs;
            _redirects?.SettleUnanswered();
            Retry();
        }

        _connections.ForgetClientsAway(_limits.ClientDropTimeout);
    }
}
