using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orleans.Runtime;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Membership;

/// <summary>Tells the application about views: the official services over this silo's ring.</summary>
internal sealed class MembershipNews : IClusterMembershipService, ISiloStatusOracle
{
    private readonly RingHolder _ring;
    private readonly ViewTableWatch _table;
    private readonly SiloViews _views;
    private readonly ILocalSiloDetails _silo;

    // Guards _listeners.
    private readonly Lock _gate = new();
    private readonly List<ISiloStatusListener> _listeners = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MembershipNews(RingHolder ring, ViewTableWatch table, SiloViews views, ILocalSiloDetails silo)
    {
        _ring = ring;
        _table = table;
        _views = views;
        _silo = silo;
        views.Changed += Tell;
    }

    public ClusterMembershipSnapshot CurrentSnapshot => Snapshot(View);

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => Updates();

    public SiloStatus CurrentStatus => GetApproximateSiloStatus(SiloAddress);

    public string SiloName => _silo.Name;

    public SiloAddress SiloAddress => _silo.SiloAddress;

    private MembershipView View => _ring.Current.View;

    public async ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
    {
        if (minimumVersion.Value > 0 && View.Version >= minimumVersion.Value)
            return;
        await _views.Enter(await _table.Read(cancellationToken)).WaitAsync(cancellationToken);
    }

    public async Task<bool> TryKill(SiloAddress siloAddress)
    {
        await _table.VoteOut(siloAddress, "the application asks for it");
        return true;
    }

    public SiloAddress[] GetActiveSilos() => [.. View.Active.Select(row => row.Silo)];

    public SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress) =>
        View.Find(siloAddress)?.Status ?? (View.IsDead(siloAddress) ? SiloStatus.Dead : SiloStatus.None);

    public Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false) =>
        (onlyActive ? View.Active : View.Rows).ToDictionary(row => row.Silo, row => row.Status);

    public bool TryGetSiloName(SiloAddress siloAddress, [NotNullWhen(true)] out string? siloName)
    {
        siloName = View.Find(siloAddress)?.SiloName;
        return siloName is not null;
    }

    public bool IsFunctionalDirectory(SiloAddress siloAddress) => View.Find(siloAddress) is { Status: SiloStatus.Active };

    public bool IsDeadSilo(SiloAddress silo) => View.IsDead(silo);

    public bool SubscribeToSiloStatusEvents(ISiloStatusListener observer)
    {
        lock (_gate)
        {
            if (_listeners.Contains(observer))
                return false;
            _listeners.Add(observer);
            return true;
        }
    }

    public bool UnSubscribeFromSiloStatusEvents(ISiloStatusListener observer)
    {
        lock (_gate)
            return _listeners.Remove(observer);
    }

    private static ClusterMembershipSnapshot Snapshot(MembershipView view) => new(
        view.Rows.ToImmutableDictionary(row => row.Silo, row => new ClusterMember(row.Silo, row.Status, row.SiloName)),
        new MembershipVersion(view.Version));

    private async IAsyncEnumerable<ClusterMembershipSnapshot> Updates([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            // Taken before the view, so that a change in between is not missed.
            var next = Volatile.Read(ref _next).Task;
            yield return CurrentSnapshot;
            await next.WaitAsync(cancellationToken);
        }
    }

    private void Tell(MembershipView before, MembershipView after)
    {
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        ISiloStatusListener[] listeners;
        lock (_gate)
            listeners = [.. _listeners];
        if (listeners.Length == 0)
            return;
        foreach (var row in after.Rows.Where(row => before.Find(row.Silo)?.Status != row.Status))
        {
            foreach (var listener in listeners)
                listener.SiloStatusChangeNotification(row.Silo, row.Status);
        }
    }
}
