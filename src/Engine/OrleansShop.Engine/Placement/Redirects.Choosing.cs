using Orleans.Runtime;
using Orleans.Runtime.Placement;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Messaging;
using OrleansShop.Engine.Placement.Protocol;

namespace OrleansShop.Engine.Placement;

/// <summary>Where new activations go.</summary>
internal sealed partial class Redirects
{
    // Under the lock: nothing here asks the application. A director does that outside.
    private static HostChoice ChooseHost(GrainCall call, GrainClass grainClass, GrainHosts hosting)
    {
        if (call.RequestContextData is { } context && IPlacementDirector.GetPlacementHint(context, [.. hosting.Silos]) is { } hint)
            return new(hint);
        return grainClass.Placement switch
        {
            null => default,
            PreferLocalPlacement => CallerOf(call) is { } caller && hosting.Silos.Contains(caller) ? new(caller) : default,
            _ => new(null, NeedsDirector: true),
        };
    }

    // Who called: the silo at the other end of the connection. A client's and a one-way call's first activation lives with the owner.
    private static SiloAddress? CallerOf(GrainCall call) => (call.ReplySink as RemoteCaller)?.Silo;

    private async Task AskDirector(GrainCall call, GrainClass grainClass, GrainId grain, long number)
    {
        try
        {
            var target = new PlacementTarget(grain, call.RequestContextData ?? [], call.Target.Interface, call.Target.InterfaceVersion);
            var chosen = await _directors.Choose(grainClass.Placement!, target, NewContext(grainClass), CancellationToken.None);
            if (!chosen.Equals(_self) && _ring.Current.Find(grain.Type)?.Silos.Contains(chosen) != true)
                throw new OrleansException($"{grainClass.Placement!.GetType().Name} chose {chosen} for {grain}, which does not host it. {_ring.Current.DescribeHosts()}");
            PlaceWhereChosen(grain, number, chosen);
        }
#pragma warning disable CA1031 // A director of the application may throw anything; the callers get it.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            LogNotPlaced(cause, grain);
            FailPlacement(grain, number, cause);
        }
    }

    private void PlaceWhereChosen(GrainId grain, long number, SiloAddress chosen)
    {
        if (chosen.Equals(_self))
        {
            // In one step: no call finds neither the redirect nor the activation.
            _catalog.WhileNothingIsMade(() =>
            {
                bool isStillWanted;
                lock (_gate)
                    isStillWanted = _table.Drop(grain, number);
                return isStillWanted && _catalog.TryMakeHere(grain, []);
            });
            _router.Retry();
            return;
        }

        Redirect? placing;
        lock (_gate)
            placing = _table.Choose(grain, number, chosen);
        if (placing is not null)
            SendPlace(grain, placing, placing.View, []);
    }

    private void FailPlacement(GrainId grain, long number, Exception cause)
    {
        lock (_gate)
        {
            if (!_table.Drop(grain, number))
                return;
        }

        _router.RefuseWaiting(grain, cause);
    }

    private PlacementContext NewContext(GrainClass grainClass) => new(_ring.Current, _self, grainClass);
}
