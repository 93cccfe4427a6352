using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Messaging;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Membership;

/// <summary>
/// Carries out what a view means for a silo: replaces the ring, drains what was lost, acknowledges, and opens what was gained when
/// the others have acknowledged.
/// </summary>
/// <remarks>Everything happens in one queue, one step at a time: its fields belong to the queue.</remarks>
internal sealed partial class SiloViews : IViews, ISiloFrames
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan DrainLookPeriod = TimeSpan.FromMilliseconds(20);

    private readonly SiloAddress _self;
    private readonly RingHolder _ring;
    private readonly ClusterConnections _connections;
    private readonly ClusterRouter _router;
    private readonly OutgoingRequests _requests;
    private readonly ViewTableWatch _table;
    private readonly GrainTypes _types;
    private readonly ActivationCatalog _grains;
    private readonly Redirects _redirects;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SerialWork _work;
    private readonly TaskCompletionSource _leftEmpty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HandoffState _handoff = HandoffState.Start;
    private PartitionSet _draining = PartitionSet.Empty;
    private bool _isWatchingDrain;
    private volatile bool _isStopped;

    // Written by the queue, read by whoever renews the lease.
    private volatile Acknowledgement? _acknowledgement;

    public SiloViews(
        LocalPeer self, RingHolder ring, ClusterConnections connections, ClusterRouter router, OutgoingRequests requests, ViewTableWatch table, GrainTypes types, ActivationCatalog grains,
        Redirects redirects, TimeProvider time, ILogger<SiloViews> logger)
    {
        _self = self.Silo!;
        _ring = ring;
        _connections = connections;
        _router = router;
        _requests = requests;
        _table = table;
        _types = types;
        _grains = grains;
        _redirects = redirects;
        _time = time;
        _logger = logger;
        _work = new SerialWork(LogStepFailed);
        types.DescribeHosts = () => ring.Current.DescribeHosts();
    }

    /// <summary>Each new view, with the one before, after the ring has been replaced.</summary>
    public event Action<MembershipView, MembershipView>? Changed;

    /// <summary>Completes when this silo is shutting down and has drained every grain.</summary>
    public Task LeftEmpty => _leftEmpty.Task;

    /// <summary>The view that this silo is at and what it still drains; null before the first.</summary>
    public Acknowledgement? Acknowledgement => _acknowledgement;

    /// <summary>Takes a view in, and waits until it has been carried out. An older view than the current one changes nothing.</summary>
    public Task Enter(MembershipView view) => _work.Run(() =>
    {
        EnterNow(view);

        // What the others have written to the table counts like what they say, in the same view too.
        _handoff = _handoff.Take(view.Rows, _self);
        OpenReleased();
    });

    /// <summary>
    /// Waits until every other living silo is at the current view, or until <paramref name="patience"/> is over: a silo that does not answer
    /// is either about to be declared dead, or learns of the view from the table.
    /// </summary>
    public async Task OthersAreHere(TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        var isHere = false;
        while (!isHere && _time.GetElapsedTime(since) < patience)
        {
            await _work.Run(() => isHere = !_handoff.Behind.Any());
            if (!isHere)
                await Task.Delay(LookPeriod, _time, cancellationToken);
        }
    }

    /// <summary>Takes no more views.</summary>
    public Task Stop()
    {
        _isStopped = true;
        return _work.Complete();
    }

    public void Acknowledged(Connection connection, long version, PartitionSet draining)
    {
        if (connection.Peer?.Silo is not { } silo)
            throw new FrameException("A client sent an acknowledgement.");
        _table.Want(version);
        _work.Post(() =>
        {
            _handoff = _handoff.Take(silo, new(version, draining));
            OpenReleased();
        });
    }

    public void ViewWanted(Connection connection) => SendView(connection, _ring.Current.View);

    public void Noticed(long version, Connection connection) => _table.Want(version);

    public void Received(MembershipView view) => LogForeignView(view.Version);

    public void Opened(Connection connection)
    {
        if (connection.Peer?.Silo is null)
        {
            SendView(connection, _ring.Current.View);
            _router.Retry();
            return;
        }

        Noticed(connection.Peer.ViewVersion, connection);
        _work.Post(() =>
        {
            SendAcknowledgement(connection);
            _redirects.Opened(connection);
            _router.Retry();
        });
    }

    public void Closed(Connection connection)
    {
        if (connection.Peer?.Silo is not { } silo)
            return;
        _work.Post(() => _redirects.Closed(connection));

        // What is open tells that a silo lives; what closes is opened again, which tells soonest that it does not.
        if (_ring.Current.View.Find(silo) is { MayRunGrains: true })
            _connections.LinkTo(silo, silo.Endpoint).Connect();
    }

    public void Gone(SiloAddress silo, string proof) => _ = _table.Declare(silo, proof);

    private void SendView(Connection connection, MembershipView view)
    {
        using var writer = PayloadWriter.Rent(_connections.Codecs);
        ViewFrame.WriteView(writer, view);
        connection.SendControl(writer.Written);
    }

    private void EnterNow(MembershipView view)
    {
        var before = _ring.Current;
        if (view.Version <= before.View.Version)
            return;
        LogEntering(view.Version, view.Active.Length);

        // The ring first: from here on no grain is activated that this silo has lost, so that draining ends.
        _handoff = _handoff.Enter(view, _self);
        _types.Learn(view.Rows.Where(row => row.MayRunGrains).SelectMany(row => row.Hosts));
        var next = before.Next(view, _handoff.Held);
        _redirects.Prepare(before, next);
        _ring.NoteDraining(_handoff.Draining);
        _ring.Replace(next);
        _redirects.Enter(before.View, next);
        _redirects.ResumeHandedOver();

        StartDraining();
        NoteAcknowledgement();
        ConnectToAll(view);
        foreach (var client in _connections.Open.Where(connection => connection.Peer?.Silo is null))
            SendView(client, view);
        AcknowledgeToAll();

        foreach (var silo in MembershipChange.NewlyDead(before.View, view))
            _ = Burial.WhenSilent(silo, _connections, _requests);
        _router.Retry();
        Changed?.Invoke(before.View, view);
    }

    private void ConnectToAll(MembershipView view)
    {
        foreach (var row in view.Rows.Where(row => row.MayRunGrains && !row.Silo.Equals(_self)))
            _connections.LinkTo(row.Silo, row.Silo.Endpoint).Connect();
    }

    private void StartDraining()
    {
        // Without a deadline: as long as a turn of a lost grain runs, nobody else may open it. A silo that stops does not wait for ever,
        // and its end releases what it still held.
        _ = _grains.DrainAsync(IsLost, Heir, CancellationToken.None);
        LookAtDraining();
        if (_draining.IsEmpty || _isWatchingDrain)
            return;
        _isWatchingDrain = true;
        _ = WatchDraining();
    }

    private async Task WatchDraining()
    {
        while (_isWatchingDrain && !_isStopped)
        {
            await Task.Delay(DrainLookPeriod, _time);
            await _work.Run(() =>
            {
                var before = _draining;
                LookAtDraining();
                _isWatchingDrain = !_draining.IsEmpty;
                if (before.Equals(_draining))
                    return;
                NoteAcknowledgement();
                AcknowledgeToAll();
            });
        }
    }

    // An activation is in the catalog until its last turn has ended and what it owns is disposed.
    private void LookAtDraining()
    {
        _draining = PartitionSet.Of(_grains.All.Where(IsLost).Select(activation => Partition.Of(activation.GrainId)));
        if (_draining.IsEmpty && _ring.Current.View.Find(_self) is { Status: SiloStatus.ShuttingDown or SiloStatus.Dead })
            _leftEmpty.TrySetResult();
    }

    private bool IsLost(Activation activation) => activation.Redirection is { } redirection ? redirection.IsLost : IsLost(activation.GrainId);

    // Who gets what an activation has in memory; null for nobody. A grain that was placed here is placed anew by the new owner.
    private SiloAddress? Heir(Activation activation) =>
        activation.Redirection is null && _ring.Current.OwnerOf(activation.GrainId) is { } owner && !owner.Equals(_self) ? owner : null;

    private bool IsLost(GrainId grain) =>
        _ring.Current.Find(grain.Type) is not { } hosts || (!hosts.IsStatelessWorker && !hosts.Owned.Contains(Partition.Of(grain)));

    private void NoteAcknowledgement() => _acknowledgement = new(_handoff.View, _draining);

    // On the way that calls go, and what drained grains hand over: the new owner has that when it hears that the partition is drained.
    private void AcknowledgeToAll()
    {
        foreach (var silo in _connections.Open.Select(connection => connection.Peer?.Silo).OfType<SiloAddress>().Distinct())
        {
            if (_connections.FindLink(silo) is { } link && (link.Current ?? link.ForResponses) is { } connection)
                SendAcknowledgement(connection);
        }
    }

    private void SendAcknowledgement(Connection connection)
    {
        if (_handoff.View == 0)
            return;
        using var writer = PayloadWriter.Rent(_connections.Codecs);
        ViewFrame.WriteAcknowledge(writer, _handoff.View, _draining);
        connection.SendControl(writer.Written);
    }

    private void OpenReleased()
    {
        NoteDraining();
        var ring = _ring.Current;
        var held = _handoff.Held;
        if (!ring.Hostings.Any(hosting => !hosting.Value.Held.IsEmpty && !hosting.Value.Held.Equals(hosting.Value.Held.Intersect(held))))
            return;
        _ring.Replace(ring.Release(held));
        _redirects.ResumeHandedOver();
        _router.Retry();
    }

    // Calls wait that a turn elsewhere may wait for before it can end: now it is known where to send them.
    private void NoteDraining()
    {
        var (before, draining) = (_ring.Draining, _handoff.Draining.ToArray());
        if (before.SequenceEqual(draining))
            return;
        _ring.NoteDraining(draining);
        if (_router.WaitingCalls > 0)
            _router.Retry();
    }
}
