using OrleansShop.Strangler.Keys;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>Tells which silo a grain lives in, from what this process knows of the cluster: no message is sent. Thread-safe.</summary>
public interface IGrainOwners
{
    /// <summary>
    /// Finds the silo that runs a grain. Null if that is not known: the engine has no rule that tells it, the cluster has not been reached, or no silo hosts the type. A hint, which can be out of
    /// date by a moment; calls find their way without it.
    /// </summary>
    /// <param name="grainType">The name of the grain type.</param>
    /// <param name="keyType">What the keys of the type are.</param>
    /// <param name="id">The entity's id, which is the grain's key.</param>
    SiloAddress? FindOwner(string grainType, KeyType keyType, EntityId id);
}
