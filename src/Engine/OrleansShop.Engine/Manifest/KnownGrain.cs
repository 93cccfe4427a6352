using System.Collections.Immutable;
using Orleans.Runtime;

namespace OrleansShop.Engine.Manifest;

/// <summary>A grain class as other processes know it: what is needed to make references to its grains.</summary>
/// <param name="GrainType">The name of the grain type; without type arguments if the class is generic.</param>
/// <param name="ClassName">The full name of the class, for references that name a class by prefix.</param>
/// <param name="IsStatelessWorker">Whether every silo that hosts it may run it, so that nobody owns its grains.</param>
/// <param name="Interfaces">The grain interfaces that it implements; without type arguments if generic.</param>
internal sealed record KnownGrain(GrainType GrainType, string ClassName, bool IsStatelessWorker, ImmutableArray<KnownInterface> Interfaces)
{
    /// <summary>What the class is bound to by attributes, such as the streams that it is implicitly subscribed to.</summary>
    public ImmutableArray<ImmutableDictionary<string, string>> Bindings { get; init; } = [];
}

/// <summary>A grain interface that a class implements.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Version">Its version; 0 without one.</param>
internal readonly record struct KnownInterface(GrainInterfaceType Name, ushort Version);
