using Orleans.Runtime;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Services;

/// <summary>Which silo's instance of a grain service is responsible for which hashes: the partitions are shared among the silos that have the service.</summary>
internal sealed class GrainServiceOwners(ILocalSiloDetails silo, RingHolder? ring = null)
{
    private readonly RingHolder? _ring = ring;

    /// <summary>The shares may have changed. On any thread; must return soon.</summary>
    public event Action Changed
    {
        add
        {
            if (_ring is not null) _ring.Replaced += value;
        }

        remove
        {
            if (_ring is not null) _ring.Replaced -= value;
        }
    }

    /// <summary>What this silo is responsible for: what it owns, once nobody else can still be.</summary>
    public PartitionSet OwnShare(Type serviceInterface) =>
        _ring is null ? PartitionSet.All
        : _ring.Current.Find(GrainServiceNames.TypeOf(serviceInterface)) is { IsLocal: true } hosts ? hosts.Owned.Except(hosts.Held)
        : PartitionSet.Empty;

    /// <summary>The silo whose instance is responsible for a hash.</summary>
    public SiloAddress OwnerOf(Type serviceInterface, uint hash)
    {
        if (_ring is null) return silo.SiloAddress;
        var current = _ring.Current;
        return current.Find(GrainServiceNames.TypeOf(serviceInterface))?.Table.OwnerOf(Partition.Of(hash))
            ?? throw new SiloUnavailableException($"No active silo of view {current.View.Version} has the grain service {serviceInterface}. Add it with AddGrainService on the silos that should have it.");
    }
}
