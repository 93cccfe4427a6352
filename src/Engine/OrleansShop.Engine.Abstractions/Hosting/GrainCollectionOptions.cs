namespace Orleans.Configuration;

/// <summary>When idle activations go.</summary>
public class GrainCollectionOptions
{
    /// <summary>The quantum if none is set: 1 min.</summary>
    public static readonly TimeSpan DEFAULT_COLLECTION_QUANTUM = TimeSpan.FromMinutes(1);

    /// <summary>The time if none is set: 30 s.</summary>
    public static readonly TimeSpan DEFAULT_ACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>The time if none is set: 30 s.</summary>
    public static readonly TimeSpan DEFAULT_DEACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation without calls is kept. Default: 15 min.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for; shorter than any collection age. Default: 1 min.</summary>
    public TimeSpan CollectionQuantum { get; set; } = DEFAULT_COLLECTION_QUANTUM;

    /// <summary>Collection ages by full class name of the grain. Default: none.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>How long an activation may take to start. Default: 30 s.</summary>
    public TimeSpan ActivationTimeout { get; set; } = DEFAULT_ACTIVATION_TIMEOUT;

    /// <summary>How long an activation may take to end. Default: 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = DEFAULT_DEACTIVATION_TIMEOUT;

    /// <summary>Whether activations go early when memory is short. Default: false.</summary>
    public bool EnableActivationSheddingOnMemoryPressure { get; set; }

    /// <summary>From how much memory in use activations go early, in percent. Default: 80.</summary>
    public double MemoryUsageLimitPercentage { get; set; } = 80;

    /// <summary>Down to how much memory in use activations go early, in percent; below the limit. Default: 75.</summary>
    public double MemoryUsageTargetPercentage { get; set; } = 75;

    /// <summary>How often memory is looked at. Default: 5 s.</summary>
    public TimeSpan MemoryUsagePollingPeriod { get; set; } = TimeSpan.FromSeconds(5);
}
