namespace Orleans.Runtime;

/// <summary>Injects a stored state into a constructor parameter of type <see cref="IPersistentState{TState}"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute : Attribute, IFacetMetadata, IPersistentStateConfiguration
{
    /// <summary>Names the state, and the storage provider unless the default one is meant.</summary>
    public PersistentStateAttribute(string stateName, string? storageName = null)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        StateName = stateName;
        StorageName = storageName;
    }

    /// <summary>The name of the state among those of the grain.</summary>
    public string StateName { get; }

    /// <summary>The name of the storage provider; null for the default one.</summary>
    public string? StorageName { get; }
}
