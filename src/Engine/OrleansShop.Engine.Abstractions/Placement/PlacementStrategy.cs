using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>A rule for the silo that a grain lives on.</summary>
public abstract class PlacementStrategy
{
    /// <summary>Whether the cluster keeps track of where such a grain lives.</summary>
    public virtual bool IsUsingGrainDirectory => true;

    /// <summary>Reads the rule's parameters back from the manifest.</summary>
    public virtual void Initialize(GrainProperties properties)
    {
    }

    /// <summary>Writes the rule and its parameters into the manifest.</summary>
    public virtual void PopulateGrainProperties(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        properties[WellKnownGrainTypeProperties.PlacementStrategy] = GetType().Name;
}
