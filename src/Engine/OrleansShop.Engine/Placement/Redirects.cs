using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Messaging;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Placement.Protocol;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Versions;

namespace OrleansShop.Engine.Placement;

/// <summary>
/// The grains that do not live with their owner: as owner, this silo's redirects; as host, the activations that others placed here.
/// </summary>
/// <remarks>
/// The protocol is in docs/decisions/0006-redirects-at-the-owner.md. Lock order: the catalog's lock for making activations, then this
/// one's. Nothing is sent and no call is routed under either.
/// </remarks>
internal sealed partial class Redirects : IPlacement, IPlacementFrames
{
    // Placements of a view that this silo has not entered yet. More than this are refused, and asked for again.
    private const int MostEarly = 10_000;

    private readonly SiloAddress _self;
    private readonly RingHolder _ring;
    private readonly ClusterConnections _connections;
    private readonly ActivationCatalog _catalog;
    private readonly PlacementDirectors _directors;
    private readonly VersionRules _versions;
    private readonly Answers _answers;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();

    // The three below are guarded by _gate.
    private readonly RedirectTable _table = new();
    private readonly HostedPlacements _hosted = new();
    private readonly List<EarlyPlacement> _early = [];

    private readonly HandedOverStates _handedOver = new();

    // How many activations were placed here by others. Read without a lock: where it is 0, calls to other silos look nothing up.
    private int _hostedCount;
    private ClusterRouter _router = null!;

    public Redirects(
        LocalPeer self, RingHolder ring, ClusterConnections connections, ActivationCatalog catalog, ActivationHost host, PlacementDirectors directors, VersionRules versions, Answers answers,
        RouterLimits limits, ILogger<Redirects> logger)
    {
        _self = self.Silo!;
        _ring = ring;
        _connections = connections;
        _catalog = catalog;
        _directors = directors;
        _versions = versions;
        _answers = answers;
        MaxStateBytes = limits.MaxFrameBytes;
        _logger = logger;
        host.Placement = this;
    }

    /// <summary>How many redirects this silo has as an owner.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _table.Count;
        }
    }

    /// <summary>Whether any activation here was placed by another silo.</summary>
    public bool HostsAny => Volatile.Read(ref _hostedCount) != 0;

    /// <summary>Says what sends calls; once, before the first call.</summary>
    public void Attach(ClusterRouter router) => _router = router;

    /// <summary>Whether a grain that another silo owns is here.</summary>
    public bool Hosts(GrainId grain) => _catalog.Find(grain) is { Redirection.IsLost: false };

    /// <summary>The activation of a grain on this silo, whoever owns the grain.</summary>
    public Activation? FindActivation(GrainId grain) => _catalog.Find(grain);

    /// <summary>Finds a place for a call that the class here does not answer, and whose grain this silo owns.</summary>
    public void DeliverMisfit(GrainCall call) => _catalog.DeliverMisfit(call);

    /// <summary>Where a grain lives that this silo owns and has placed elsewhere; null if it has not.</summary>
    public SiloAddress? HostOf(GrainId grain)
    {
        lock (_gate)
            return _table.Find(grain) is { Stage: RedirectStage.Placed } redirect ? redirect.Host : null;
    }

    public PlacementDecision Decide(GrainCall call, GrainClass grainClass, GrainId grain)
    {
        var ring = _ring.Current;
        lock (_gate)
        {
            if (_table.Find(grain) is { } redirect)
                return redirect.Stage == RedirectStage.Placed ? new(PlacementDecisionKind.There, redirect) : PlacementDecision.Wait;
            if (ring.Find(grain.Type) is not { } hosting)
                return PlacementDecision.Wait;

            var choice = ChooseHost(call, grainClass, grain, hosting, ring);
            if (choice.Refusal is not null)
                return PlacementDecision.Refuse(choice.Refusal);
            if (choice.NeedsDirector)
                return new(PlacementDecisionKind.Choose, _table.Begin(grain, host: null, ring.View.Version), ring.View.Version);
            return choice.Host is not { } host || host.Equals(_self)
                ? PlacementDecision.Here
                : new(PlacementDecisionKind.Place, _table.Begin(grain, host, ring.View.Version), ring.View.Version);
        }
    }

    public void Carry(PlacementDecision decision, GrainCall call, GrainClass grainClass)
    {
        // A call that waits may go on, end and be used again at any time: what is needed of it is read before.
        var grain = call.TargetId;
        switch (decision.Kind)
        {
            case PlacementDecisionKind.There:
                _router.SendPlaced(call, decision.Redirect!.Host!, decision.Redirect.Number);
                break;
            case PlacementDecisionKind.Refuse:
                _answers.Refuse(call, decision.Refusal!);
                break;
            case PlacementDecisionKind.Place:
                Wait(call);
                SendPlace(grain, decision.Redirect!, decision.View, []);
                break;
            case PlacementDecisionKind.Choose:
                var target = new PlacementTarget(grain, call.RequestContextData ?? [], call.Target.Interface, call.Target.InterfaceVersion);
                Wait(call);
                _ = AskDirector(target, grainClass, decision.Redirect!.Number);
                break;
            default:
                Wait(call);
                break;
        }
    }

    /// <inheritdoc/>
    public byte[]? TakeHandedOver(GrainId grain) => _handedOver.Take(grain);

    /// <summary>This silo is about to replace its ring by that of a new view.</summary>
    public void Prepare(Ring before, Ring next) => _handedOver.Enter(before, next);

    /// <summary>Partitions have opened: the grains in them go on that have been handed over.</summary>
    public void ResumeHandedOver()
    {
        foreach (var grain in _handedOver.Ready(_ring.Current))
            _catalog.TryMakeHere(grain, _handedOver.Take);
    }

    /// <summary>This silo is at a new view, and its ring has been replaced. Before it drains and acknowledges.</summary>
    public void Enter(MembershipView before, Ring ring)
    {
        List<EarlyPlacement> due;

        // Whoever decided by the ring before has entered it in the table or the catalog after this.
        _catalog.AwaitMaking();
        lock (_gate)
        {
            var dropped = _table.Enter(ring.MayActivate, silo => ring.View.Find(silo) is not { MayRunGrains: true });
            if (dropped > 0)
                LogDropped(dropped, ring.View.Version);
            _hosted.Enter(ring.View);
            due = _early.FindAll(early => early.View <= ring.View.Version);
            _early.RemoveAll(early => early.View <= ring.View.Version);
        }

        if (HostsAny)
            EndBrokenPlacements(before, ring);
        foreach (var early in due)
            Take(early.Owner, early.Grain, early.Number, early.View, early.State);
    }

    /// <summary>A connection to a silo was opened. If it is the only one, what was said on the one before it may be lost.</summary>
    public void Opened(Connection connection)
    {
        if (ReferenceEquals(ConnectionTo(connection.Peer!.Silo!), connection))
            Settle(connection);
    }

    /// <summary>A connection to a silo was closed. If there is another, what was said on this one may be lost.</summary>
    public void Closed(Connection connection)
    {
        if (ConnectionTo(connection.Peer!.Silo!) is { } other)
            Settle(other);
    }

    /// <summary>
    /// Asks again for what was not answered, while calls wait. An answer may have been lost on a connection that this silo had given up and the other
    /// had not: then no connection is opened or closed here any more.
    /// </summary>
    public void SettleUnanswered()
    {
        long floor;
        ILookup<SiloAddress, (GrainId, long)> unanswered;
        lock (_gate)
        {
            if (_table.Count == 0)
                return;
            floor = _table.Floor;
            unanswered = _table.Unanswered();
        }

        foreach (var placements in unanswered)
        {
            if (ConnectionTo(placements.Key) is { } connection)
                SendSettle(connection, floor, [.. placements]);
        }
    }

    private void Settle(Connection connection)
    {
        long floor;
        IReadOnlyList<(GrainId, long)> placements;
        lock (_gate)
        {
            floor = _table.Floor;
            placements = _table.On(connection.Peer!.Silo!);
        }

        if (placements.Count > 0)
            SendSettle(connection, floor, placements);
    }

    private void SendSettle(Connection connection, long floor, IReadOnlyList<(GrainId Grain, long Number)> placements)
    {
        using var writer = PayloadWriter.Rent(_connections.Codecs);
        PlacementFrame.WriteSettle(writer, floor, placements);
        connection.SendControl(writer.Written);
    }

    // The calls that wait are looked at when something changes; here the change may have come first.
    private void Wait(GrainCall call)
    {
        var grain = call.TargetId;
        _router.Wait(call, _ring.Current);
        lock (_gate)
        {
            if (_table.Find(grain) is { Stage: not RedirectStage.Placed })
                return;
        }

        _router.Retry();
    }

    private void EndBrokenPlacements(MembershipView before, Ring ring)
    {
        var span = new OwnerSpan(before, ring.View);
        var isActive = ring.View.Find(_self) is { Status: SiloStatus.Active };
        foreach (var activation in _catalog.All)
        {
            if (activation.Redirection is not { } redirection)
                continue;
            if (isActive && ring.Find(activation.GrainId.Type) is { } hosting && hosting.Owned.Contains(Partition.Of(activation.GrainId)))
            {
                // Its host has become its owner: nothing moves.
                if (activation.EndRedirection())
                    Interlocked.Decrement(ref _hostedCount);
            }
            else if (!isActive || !span.IsUnbroken(activation.GrainId, redirection.Owner))
            {
                redirection.IsLost = true;
            }
        }
    }

    private void Drop(GrainId grain, long number)
    {
        lock (_gate)
            _table.Drop(grain, number);
        _router.Retry();
    }

    private Connection? ConnectionTo(SiloAddress silo) => _connections.FindLink(silo)?.Current is { Peer.Silo: not null } connection ? connection : null;

    private readonly record struct EarlyPlacement(SiloAddress Owner, GrainId Grain, long Number, long View, byte[] State);
}
