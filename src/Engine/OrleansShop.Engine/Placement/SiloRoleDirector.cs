using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OrleansShop.Engine.Placement;

/// <summary>Places a grain on a silo whose name is the grain's key. Of several the heaviest for its partition, so that calls agree.</summary>
internal sealed class SiloRoleDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var ring = ((PlacementContext)context).Ring;
        var role = target.GrainIdentity.Key.ToString();
        var fitting = context.GetCompatibleSilos(target).Where(silo => ring.View.Find(silo)?.SiloName == role).ToList();
        return fitting.Count != 0
            ? Task.FromResult(PartitionTable.Heaviest(fitting, Partition.Of(target.GrainIdentity)))
            : throw new OrleansException($"{target.GrainIdentity} lives on a silo with the role \"{role}\", which is a silo's name (SiloOptions.SiloName), and no silo that hosts it has it. {ring.DescribeHosts()}");
    }
}
