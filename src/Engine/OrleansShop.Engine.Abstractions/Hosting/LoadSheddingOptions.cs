namespace Orleans.Configuration;

/// <summary>When a silo takes no more calls from clients.</summary>
public class LoadSheddingOptions
{
    /// <summary>Whether it ever does so. Default: false.</summary>
    public bool LoadSheddingEnabled { get; set; }

    /// <summary>At how much processor use, in percent, 1 to 100. Default: 95.</summary>
    public int CpuThreshold { get; set; } = 95;

    /// <summary>The old name of <see cref="CpuThreshold"/>.</summary>
    public int LoadSheddingLimit
    {
        get => CpuThreshold;
        set => CpuThreshold = value;
    }

    /// <summary>At how much memory use, in percent, 1 to 100. Default: 90.</summary>
    public int MemoryThreshold { get; set; } = 90;
}
