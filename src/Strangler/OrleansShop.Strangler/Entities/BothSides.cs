using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <summary>An entity as its grain holds it and as the monolith has it, with no write of the grain in between. Immutable.</summary>
/// <param name="Grain">What the grain holds as the owner; null if it is not, or the entity does not exist.</param>
/// <param name="Monolith">The monolith's rows; null if it has none.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.BothSides")]
public sealed record BothSides([property: Id(0)] EntityRows? Grain, [property: Id(1)] EntityRows? Monolith);
