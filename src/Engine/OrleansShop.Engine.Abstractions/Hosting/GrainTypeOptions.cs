namespace Orleans.Configuration;

/// <summary>Which grain interfaces and classes a silo or client knows. Filled from the assemblies at start; removing a class keeps a silo from hosting it.</summary>
public class GrainTypeOptions
{
    /// <summary>The grain classes that a silo hosts.</summary>
    public HashSet<Type> Classes { get; } = [];

    /// <summary>The grain interfaces that can be called.</summary>
    public HashSet<Type> Interfaces { get; } = [];
}
