using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Metadata;

/// <summary>What a grain class is bound to, such as the streams that it is implicitly subscribed to.</summary>
public class GrainBindings
{
    /// <summary>Creates it.</summary>
    public GrainBindings(GrainType grainType, ImmutableArray<ImmutableDictionary<string, string>> bindings)
    {
        GrainType = grainType;
        Bindings = bindings;
    }

    /// <summary>The class's grain type.</summary>
    public GrainType GrainType { get; }

    /// <summary>The bindings; the keys are in <see cref="WellKnownGrainTypeProperties"/>.</summary>
    public ImmutableArray<ImmutableDictionary<string, string>> Bindings { get; }
}
