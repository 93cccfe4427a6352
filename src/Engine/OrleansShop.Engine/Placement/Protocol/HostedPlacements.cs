using Orleans.Runtime;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Placement.Protocol;

/// <summary>What a host may take, and keep, of what owners place on it. Not thread-safe: <see cref="Redirects"/> guards it.</summary>
internal sealed class HostedPlacements
{
    // For each owner the lowest number that it may still use. One entry for each silo that ever lost a connection.
    private readonly Dictionary<SiloAddress, long> _floors = [];

    /// <summary>Whether this silo takes a placement.</summary>
    /// <param name="ring">The ring of this silo.</param>
    /// <param name="grain">The grain.</param>
    /// <param name="owner">Who placed it.</param>
    /// <param name="number">The placement's number.</param>
    /// <param name="view">The view that the owner was at.</param>
    public PlacementAnswer Judge(Ring ring, GrainId grain, SiloAddress owner, long number, long view)
    {
        if (number < _floors.GetValueOrDefault(owner))
            return PlacementAnswer.Refused;
        if (ring.View.Version != view)
            return ring.View.Version < view ? PlacementAnswer.TooEarly : PlacementAnswer.Refused;

        // In one view everybody computes the same owners; anything else is a message that belongs to another view.
        var mayRun = ring.Self is { } self && ring.View.Find(self) is { Status: SiloStatus.Active } && !owner.Equals(self);
        return mayRun && ring.Find(grain.Type) is { IsLocal: true, IsStatelessWorker: false } hosting && hosting.Table.OwnerOf(Partition.Of(grain)).Equals(owner)
            ? PlacementAnswer.Taken
            : PlacementAnswer.Refused;
    }

    /// <summary>The owner names the lowest number that it may still use.</summary>
    public void Raise(SiloAddress owner, long floor) => _floors[owner] = Math.Max(floor, _floors.GetValueOrDefault(owner));

    /// <summary>Forgets silos that cannot send any more.</summary>
    public void Enter(MembershipView view)
    {
        foreach (var dead in _floors.Keys.Where(view.IsDead).ToList())
            _floors.Remove(dead);
    }
}

/// <summary>What a host says to a placement.</summary>
internal enum PlacementAnswer : byte
{
    /// <summary>It makes the activation.</summary>
    Taken,

    /// <summary>It does not, and never will by this number.</summary>
    Refused,

    /// <summary>It decides when it is at the view that the owner was at.</summary>
    TooEarly,
}
