using Orleans.Runtime;

namespace OrleansShop.Engine.Manifest;

/// <summary>A grain type of the engine that this silo hosts because a feature was added. One class may be hosted under several.</summary>
/// <param name="GrainType">The name of the type.</param>
/// <param name="GrainClass">A class marked <see cref="HostedOnRequestAttribute"/>.</param>
internal sealed record HostedGrainType(GrainType GrainType, Type GrainClass);
