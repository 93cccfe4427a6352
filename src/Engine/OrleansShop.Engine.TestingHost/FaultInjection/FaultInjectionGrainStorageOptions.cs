namespace Orleans.TestingHost;

/// <summary>Options of a storage provider that fails on demand.</summary>
public class FaultInjectionGrainStorageOptions
{
#pragma warning disable CA1707, CA2211 // Name and form are the official ones.
    /// <summary>The default of <see cref="Latency"/>: 10 ms.</summary>
    public static TimeSpan DEFAULT_LATENCY = TimeSpan.FromMilliseconds(10);
#pragma warning restore CA1707, CA2211

    /// <summary>How long each operation takes at least. Default 10 ms. Zero for no delay.</summary>
    public TimeSpan Latency { get; set; } = DEFAULT_LATENCY;
}
