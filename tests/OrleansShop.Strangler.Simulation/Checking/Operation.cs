using OrleansShop.Strangler.Simulation.Monolith;

namespace OrleansShop.Strangler.Simulation.Checking;

/// <summary>What a client has asked of one entity, and what came of it.</summary>
internal sealed class Operation : RegisterOperation
{
    /// <summary>For children: the parent that it writes.</summary>
    public long? Parent { get; init; }

    /// <summary>Which entity; a creation without an answer does not know.</summary>
    public Entity? Entity { get; set; }

    public override string ToString() => $"{Entity} {base.ToString()}";
}
