using OrleansShop.Strangler.Entities.Protocol;
using OrleansShop.Strangler.Simulation.Monolith;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation.Grains;

/// <summary>The grains' states. A write that has not read the one before is refused; that is all that it promises.</summary>
internal sealed class GrainStore
{
    private readonly Dictionary<Entity, Stored> _states = [];

    /// <summary>Marks beside the states: entities with acknowledged writes that the monolith's rows may lack.</summary>
    public HashSet<Entity> Behind { get; } = [];

    public Stored Read(Entity entity) => _states.GetValueOrDefault(entity) ?? Stored.Empty;

    public long Write(Entity entity, long etag, Holding holding, Content? content)
    {
        if (Read(entity).ETag != etag) throw new UnavailableException($"the state of {entity} was written by another");
        _states[entity] = new Stored(holding, content, etag + 1);
        return etag + 1;
    }

    public sealed record Stored(Holding Holding, Content? Content, long ETag)
    {
        public static Stored Empty { get; } = new(default, Content: null, ETag: 0);
    }
}
