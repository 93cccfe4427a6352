using Orleans.Runtime;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Placement.Protocol;

/// <summary>
/// Whether partitions had one and the same owner from one view to a later one, those between included, which this silo may have skipped.
/// </summary>
/// <remarks>
/// A silo goes from active to shutting down to dead and never back, so whoever is active in both views was active all the time, and
/// outweighs in between whomever it outweighs in both. What is left are silos that became active after the first view and are not any
/// more: each counts as if it were active. A silo whose row has been replaced by a later generation at its endpoint leaves a trace there.
/// </remarks>
internal sealed class OwnerSpan
{
    private readonly MembershipView _before;
    private readonly MembershipView _after;
    private readonly bool _isComplete;
    private readonly Dictionary<GrainType, PartitionTable> _heaviest = [];

    public OwnerSpan(MembershipView before, MembershipView after)
    {
        _before = before;
        _after = after;
        _isComplete = after.Version == before.Version + 1 || after.Rows.All(row => row.PredecessorEnded <= before.Version);
    }

    /// <summary>Whether <paramref name="owner"/> has owned the partition of the grain all the time.</summary>
    public bool IsUnbroken(GrainId grain, SiloAddress owner)
    {
        if (!_isComplete || !IsActive(_before, owner) || !IsActive(_after, owner))
            return false;

        var type = Ring.OpenTypeOf(grain.Type);
        if (!_heaviest.TryGetValue(type, out var table))
            _heaviest.Add(type, table = PartitionTable.For(MayHaveOwned(type).Append(owner)));
        return table.OwnerOf(Partition.Of(grain)).Equals(owner);
    }

    private IEnumerable<SiloAddress> MayHaveOwned(GrainType type) => _after.Rows
        .Where(row => row.Status == SiloStatus.Active || (row.Status > SiloStatus.Active && !IsActive(_before, row.Silo) && _before.Find(row.Silo) is not { Status: > SiloStatus.Active }))
        .Where(row => row.Hosts.Any(grain => grain.GrainType == type))
        .Select(row => row.Silo);

    private static bool IsActive(MembershipView view, SiloAddress silo) => view.Find(silo) is { Status: SiloStatus.Active };
}
