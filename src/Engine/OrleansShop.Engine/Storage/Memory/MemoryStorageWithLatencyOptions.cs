using Orleans.Configuration;

namespace Orleans.Storage;

/// <summary>Options of grain storage in memory that answers as late as a real one would.</summary>
public class MemoryStorageWithLatencyOptions : MemoryGrainStorageOptions
{
    /// <summary>The default of <see cref="Latency"/>: 200 ms.</summary>
    public static readonly TimeSpan DefaultLatency = TimeSpan.FromMilliseconds(200);

    /// <summary>How long each access takes. At least zero. Default: <see cref="DefaultLatency"/>.</summary>
    public TimeSpan Latency { get; set; } = DefaultLatency;

    /// <summary>Whether accesses only take their time, and nothing is read or stored. Default false.</summary>
    public bool MockCallsOnly { get; set; }
}
