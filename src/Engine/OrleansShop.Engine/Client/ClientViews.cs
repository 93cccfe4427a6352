using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Messaging;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Client;

/// <summary>
/// Carries out what a view means for a client: it connects to the gateways of all silos, and routes by the ring itself. Views come
/// from any silo that it is connected to.
/// </summary>
internal sealed partial class ClientViews : IViews, ISiloFrames
{
    private readonly RingHolder _ring;
    private readonly ClusterConnections _connections;
    private readonly ClusterRouter _router;
    private readonly OutgoingRequests _requests;
    private readonly GrainTypes _types;
    private readonly ILogger _logger;
    private readonly SerialWork _work;
    private readonly TaskCompletionSource _firstView = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _asked;

    public ClientViews(RingHolder ring, ClusterConnections connections, ClusterRouter router, OutgoingRequests requests, GrainTypes types, ILogger<ClientViews> logger)
    {
        _ring = ring;
        _connections = connections;
        _router = router;
        _requests = requests;
        _types = types;
        _logger = logger;
        _work = new SerialWork(LogStepFailed);
        types.DescribeHosts = () => ring.Current.DescribeHosts();
    }

    /// <summary>Completes when the first view has come.</summary>
    public Task FirstView => _firstView.Task;

    /// <summary>Told of the number of silos that the client is connected to, now and before.</summary>
    public Action<int, int> ConnectedChanged { get; set; } = static (_, _) => { };

    /// <summary>How many silos the client is connected to.</summary>
    public int Connected { get; private set; }

    public void Noticed(long version, Connection connection)
    {
        // One question for each version is enough; the answer may be newer still.
        var asked = Volatile.Read(ref _asked);
        if (version > _ring.Current.View.Version && version > asked && Interlocked.CompareExchange(ref _asked, version, asked) == asked)
            connection.SendControl([(byte)FrameKind.ViewQuestion]);
    }

    public void Received(MembershipView view) => _work.Post(() => Enter(view));

    public void Opened(Connection connection) => _work.Post(() =>
    {
        Count();
        _router.Retry();
    });

    public void Closed(Connection connection)
    {
        if (connection.Peer?.Silo is { } silo && _ring.Current.View.Find(silo) is { MayRunGrains: true, Gateway: { } gateway })
            _connections.LinkTo(silo, gateway).Connect();

        // The version that was asked for may have been on its way on this connection.
        Volatile.Write(ref _asked, 0);
        _work.Post(Count);
    }

    /// <summary>
    /// A silo's process is gone: what was sent to it fails at once. Calls made from now on wait for the view without it, which only
    /// the silos can make.
    /// </summary>
    public void Gone(SiloAddress silo, string proof)
    {
        LogGone(silo, proof);
        _requests.FailSentTo(silo, proof);
    }

    public void ViewWanted(Connection connection) => throw new FrameException("A client was asked for the view.");

    public void Acknowledged(Connection connection, long version, PartitionSet draining) =>
        throw new FrameException("A client was sent an acknowledgement.");

    /// <summary>Takes no more views.</summary>
    public Task Stop() => _work.Complete();

    private void Enter(MembershipView view)
    {
        var before = _ring.Current;
        if (view.Version <= before.View.Version)
            return;
        LogEntering(view.Version, view.Active.Length);
        _types.Learn(view.Rows.Where(row => row.MayRunGrains).SelectMany(row => row.Hosts));
        _ring.Replace(before.Next(view, PartitionSet.Empty));
        foreach (var row in view.Rows)
        {
            if (row.MayRunGrains && row.Gateway is { } gateway)
                _connections.LinkTo(row.Silo, gateway).Connect();
        }

        foreach (var silo in MembershipChange.NewlyDead(before.View, view))
            _ = Burial.WhenSilent(silo, _connections, _requests);
        _router.Retry();
        _firstView.TrySetResult();
    }

    private void Count()
    {
        var before = Connected;
        Connected = _connections.Open.Select(connection => connection.Peer?.Silo).Distinct().Count();
        if (before == Connected)
            return;

        // The next silo found may belong to a cluster that was started anew, whose views count from the beginning.
        if (Connected == 0)
            _ring.Reset();
        ConnectedChanged(Connected, before);
    }
}
