using Orleans.Runtime;
using Orleans.Runtime.Placement;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Versions;

namespace OrleansShop.Engine.Placement;

/// <summary>What a director may ask: the view of the silo that owns the grain.</summary>
internal sealed class PlacementContext(Ring ring, SiloAddress self, GrainClass grainClass, VersionRules versions) : IPlacementContext
{
    public SiloAddress LocalSilo => self;

    public SiloStatus LocalSiloStatus => ring.View.Find(self)?.Status ?? SiloStatus.None;

    public GrainClass GrainClass => grainClass;

    public Ring Ring => ring;

    public SiloAddress[] GetCompatibleSilos(PlacementTarget target)
    {
        var hosts = ring.Find(target.GrainIdentity.Type)?.Silos ?? [];
        if (target.InterfaceVersion == 0)
            return [.. hosts];
        var chosen = versions.Choose(target.InterfaceType, target.InterfaceVersion, hosts.Select(silo => VersionOn(silo, target)));
        return [.. hosts.Where(silo => chosen.Contains(VersionOn(silo, target)))];
    }

    public IReadOnlyDictionary<ushort, SiloAddress[]> GetCompatibleSilosWithVersions(PlacementTarget target) =>
        GetCompatibleSilos(target).GroupBy(silo => VersionOn(silo, target)).ToDictionary(group => group.Key, group => group.ToArray());

    private ushort VersionOn(SiloAddress silo, PlacementTarget target) => ring.View.Find(silo)?.VersionOf(target.GrainIdentity.Type, target.InterfaceType) ?? 0;
}
