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
    /// <summary>The silos that answer a call, by the versions of its interface; all hosts if it has no version. Empty if none answers.</summary>
    public IReadOnlyList<SiloAddress> Answering(GrainCall call, GrainHosts hosting, Ring ring)
    {
        if (call.Target.InterfaceVersion == 0)
            return hosting.Silos;
        var versions = hosting.Silos.ToDictionary(silo => silo, silo => VersionOn(silo, call, ring));
        var chosen = _versions.Choose(call.Target.Interface, call.Target.InterfaceVersion, versions.Values);
        return [.. hosting.Silos.Where(silo => chosen.Contains(versions[silo]))];
    }

    /// <summary>Whether the class here answers a call by now: the rules about versions may have changed since it came.</summary>
    public bool AnswersHere(GrainCall call, Ring ring) => _versions.Answers(call.Target.Interface, VersionOn(_self, call, ring), call.Target.InterfaceVersion);

    /// <summary>What a caller is told whose version no silo answers.</summary>
    public static OrleansException NotAnswered(GrainCall call, GrainHosts hosting, Ring ring) => new OrleansMessageRejectionException(
        $"{call} cannot be run: the caller has version {call.Target.InterfaceVersion} of interface {call.Target.Interface}, and no silo of view {ring.View.Version} answers it (GrainVersioningOptions). "
        + $"There are: {string.Join(", ", hosting.Silos.Select(silo => $"{ring.View.Find(silo)?.SiloName} {silo} with version {VersionOn(silo, call, ring)}"))}.");

    private static ushort VersionOn(SiloAddress silo, GrainCall call, Ring ring) => ring.View.Find(silo)?.VersionOf(call.Target.GrainType, call.Target.Interface) ?? 0;

    // Under the lock: nothing here asks the application. A director does that outside.
    private HostChoice ChooseHost(GrainCall call, GrainClass grainClass, GrainId grain, GrainHosts hosting, Ring ring)
    {
        var answering = Answering(call, hosting, ring);
        if (answering.Count == 0)
            return new(null, Refusal: NotAnswered(call, hosting, ring));
        if (call.RequestContextData is { } context && IPlacementDirector.GetPlacementHint(context, [.. answering]) is { } hint)
            return new(hint);
        return grainClass.Placement switch
        {
            null => Home(grain, answering),
            PreferLocalPlacement => CallerOf(call) is { } caller && answering.Contains(caller) ? new(caller) : Home(grain, answering),
            _ => new(null, NeedsDirector: true),
        };
    }

    // The owner, or where the grain would live if there were only the silos that answer.
    private HostChoice Home(GrainId grain, IReadOnlyList<SiloAddress> answering) =>
        answering.Contains(_self) ? default : new(PartitionTable.Heaviest(answering, Partition.Of(grain)));

    // Who called: the silo at the other end of the connection. A client's and a one-way call's first activation lives with the owner.
    private static SiloAddress? CallerOf(GrainCall call) => (call.ReplySink as RemoteCaller)?.Silo;

    private async Task AskDirector(PlacementTarget target, GrainClass grainClass, long number)
    {
        var grain = target.GrainIdentity;
        try
        {
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

    private PlacementContext NewContext(GrainClass grainClass) => new(_ring.Current, _self, grainClass, _versions);
}
