using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Simulation.Monolith;

/// <summary>Which entity.</summary>
internal readonly record struct Entity(string Kind, long Number)
{
    public const string Capability = "shop";

    /// <summary>What others refer to.</summary>
    public const string Parent = "parent";

    /// <summary>What refers to a parent.</summary>
    public const string Child = "child";

    public string Id => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override string ToString() => $"{Kind} {Number}";
}

/// <summary>What an entity is: a value that only one write has, and for children a parent.</summary>
internal sealed record Content(string Value, long? Parent)
{
    public EntityRows ToRows(Entity entity, long version) => new(entity.Kind, entity.Id, version, Row.Of(("id", entity.Number), ("value", Value), ("parent", Parent)));

    public static Content FromRows(EntityRows rows) => new(rows.Row.Text("value"), (long?)rows.Row["parent"]);

    public override string ToString() => Parent is { } parent ? $"{Value} of {parent}" : Value;
}
