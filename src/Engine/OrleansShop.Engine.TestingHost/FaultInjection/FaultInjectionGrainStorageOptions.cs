namespace Orleans.TestingHost;

/// <summary>Options of a storage provider that fails on demand.</summary>
public class FaultInjectionGrainStorageOptions
{
    /// <summary>The default of <see cref="Latency"/>: 10 ms.</summary>
    public static readonly TimeSpan DEFAULT_LATENCY = TimeSpan.FromMilliseconds(10);

    /// <summary>How long each operation takes at least. Default 10 ms. Zero for no delay.</summary>
    public TimeSpan Latency { get; set; } = DEFAULT_LATENCY;
}
