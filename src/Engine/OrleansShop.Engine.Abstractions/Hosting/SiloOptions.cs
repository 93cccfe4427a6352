namespace Orleans.Configuration;

/// <summary>Names a silo.</summary>
public class SiloOptions
{
    /// <summary>A name for logs and tools. Default: one is made up at start.</summary>
    public string SiloName { get; set; } = null!;
}
