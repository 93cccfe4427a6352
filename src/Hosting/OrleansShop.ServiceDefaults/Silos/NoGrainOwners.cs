using OrleansShop.Strangler.Keys;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>Knows no owner.</summary>
internal sealed class NoGrainOwners : IGrainOwners
{
    public SiloAddress? FindOwner(string grainType, KeyType keyType, EntityId id) => null;
}
