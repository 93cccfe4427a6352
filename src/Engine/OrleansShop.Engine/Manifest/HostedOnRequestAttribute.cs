namespace OrleansShop.Engine.Manifest;

/// <summary>A grain class of the engine that a silo hosts only if a feature was added that registers it as a <see cref="HostedGrainType"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class HostedOnRequestAttribute : Attribute;
