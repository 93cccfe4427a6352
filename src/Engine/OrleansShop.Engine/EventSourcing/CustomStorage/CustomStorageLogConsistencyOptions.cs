namespace Orleans.Configuration;

/// <summary>Options of grains that store their logs themselves.</summary>
public class CustomStorageLogConsistencyOptions
{
    /// <summary>Accepted for compatibility: there is one cluster. Null by default.</summary>
    public string? PrimaryCluster { get; set; }
}
