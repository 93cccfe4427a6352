using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Entities;

/// <summary>A capability's content as its grains hold it.</summary>
/// <param name="grainOf">Returns the grain of each kind of entity by its id; the kinds in the order of the manifest.</param>
public class IndexedContent(IReadOnlyDictionary<string, Func<EntityId, IMigratableGrain>> grainOf)
{
    /// <summary>The kinds of entities, in the order of the manifest.</summary>
    public IEnumerable<string> Kinds => grainOf.Keys;

    /// <summary>The grain of an entity.</summary>
    public IMigratableGrain GrainOf(string kind, EntityId id) => grainOf[kind](id);
}
