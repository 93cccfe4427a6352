namespace Orleans.Runtime;

/// <summary>Which state is injected and where it is stored.</summary>
public interface IPersistentStateConfiguration
{
    /// <summary>The name of the state among those of the grain.</summary>
    string StateName { get; }

    /// <summary>The name of the storage provider; null for the default one.</summary>
    string? StorageName { get; }
}
