using Orleans.Runtime;
using Orleans.Runtime.Placement;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Migration;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Placement;

/// <summary>Activations that move, with what they hand over.</summary>
internal sealed partial class Redirects
{
    public int MaxStateBytes { get; }

    public async Task<SiloAddress?> ChooseTarget(Activation activation, Dictionary<string, object>? requestContext, CancellationToken cancellationToken)
    {
        var grain = activation.GrainId;
        if (_ring.Current.Find(grain.Type) is not { } hosting)
            return null;
        var hosts = hosting.Silos;
        var target = IPlacementDirector.GetPlacementHint(requestContext, [.. hosts]) ?? activation.Class.Placement switch
        {
            null => NextHome(hosting, Partition.Of(grain)),
            var strategy => await _directors.Choose(strategy, new PlacementTarget(grain, requestContext ?? [], default, 0), NewContext(activation.Class), cancellationToken),
        };
        return target is null || target.Equals(_self) || !_ring.Current.View.Active.Any(row => row.Silo.Equals(target)) ? null : target;
    }

    public void Leave(Activation activation)
    {
        var grain = activation.GrainId;
        if (activation.Redirection is not { } redirection || !activation.EndRedirection())
        {
            LeaveHome(activation, grain);
            return;
        }

        // Before it leaves the catalog: a call that finds it gone tells the owner so, who would forget the redirect that the state comes with.
        var connection = ConnectionTo(redirection.Owner);
        var departure = activation.Departure;
        if (connection is not null && departure is not null)
            SendMove(connection, grain, redirection.Number, departure);
        _catalog.Remove(activation);
        Interlocked.Decrement(ref _hostedCount);
        if (departure is null)
            Answer(redirection.Owner, grain, redirection.Number, isThere: false);
    }

    private void SendMove(Connection connection, GrainId grain, long number, Departure departure)
    {
        LogMoving(grain, departure.Target, departure.Dehydrated.Length);
        using var writer = PayloadWriter.Rent(_connections.Codecs);
        PlacementFrame.WriteMove(writer, grain, number, departure.Target, departure.Dehydrated);
        connection.SendControl(writer.Written);
    }

    public void Moved(SiloAddress host, GrainId grain, long number, SiloAddress target, byte[] state)
    {
        var moving = _catalog.WhileNothingIsMade(() =>
        {
            lock (_gate)
            {
                if (_table.Find(grain) is not { } known || !host.Equals(known.Host) || !_table.Drop(grain, number))
                    return null;
                if (MayMoveTo(target))
                    return _table.Begin(grain, target, _ring.Current.View.Version);
            }

            // Home, before a call makes an activation without the state.
            if (target.Equals(_self))
                _catalog.TryMakeHere(grain, state);
            return null;
        });

        if (moving is not null)
            SendPlace(grain, moving, moving.View, state);
        _router.Retry();
    }

    // The redirect takes the place of the activation in one step: no call finds neither.
    private void LeaveHome(Activation activation, GrainId grain)
    {
        // Before it leaves the catalog: this silo says that it has drained the partition once it finds it gone.
        if (activation.Departure is { Dehydrated: { Length: > 0 } state })
            HandOverIfLost(grain, state);
        var moving = _catalog.WhileNothingIsMade(() =>
        {
            _catalog.Remove(activation);
            if (activation.Departure is not { } departure || !_ring.Current.MayActivate(grain) || !MayMoveTo(departure.Target))
                return null;
            lock (_gate)
                return _table.Find(grain) is null ? _table.Begin(grain, departure.Target, _ring.Current.View.Version) : null;
        });

        if (moving is null)
            return;
        LogMoving(grain, moving.Host!, activation.Departure!.Dehydrated.Length);
        SendPlace(grain, moving, moving.View, activation.Departure.Dehydrated);
    }

    // What cannot be sent now is not waited for: the grain reads what is stored.
    private void HandOverIfLost(GrainId grain, byte[] state)
    {
        var ring = _ring.Current;
        if (ring.OwnerOf(grain) is not { } owner || owner.Equals(_self) || ConnectionTo(owner) is not { } connection)
            return;
        using var writer = PayloadWriter.Rent(_connections.Codecs);
        PlacementFrame.WriteHandOver(writer, grain, ring.View.Version, state);
        LogHandingOver(grain, owner, state.Length, ring.View.Version, connection.SendRequest(writer.Written, expectsAnswer: false));
    }

    private bool MayMoveTo(SiloAddress target) => !target.Equals(_self) && ConnectionTo(target) is not null && _ring.Current.View.Find(target) is { Status: SiloStatus.Active };

    // Without a hint, a grain that is away goes home, and one that is at home goes where it would live if its owner were not there: that
    // spreads what moves away from one silo evenly over all others.
    private SiloAddress? NextHome(GrainHosts hosting, int partition)
    {
        var owner = hosting.Table.OwnerOf(partition);
        if (!owner.Equals(_self))
            return owner;
        var others = hosting.Silos.Remove(_self);
        return others.IsEmpty ? null : PartitionTable.Heaviest(others, partition);
    }
}
