namespace Orleans.Statistics;

/// <summary>How busy a process is: its use of processors and memory. Raw values are of the last interval, filtered ones smooth out peaks.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct EnvironmentStatistics : IEquatable<EnvironmentStatistics>
{
    internal EnvironmentStatistics(
        float cpuUsagePercentage, float rawCpuUsagePercentage, long memoryUsageBytes, long rawMemoryUsageBytes, long availableMemoryBytes, long rawAvailableMemoryBytes,
        long maximumAvailableMemoryBytes)
    {
        FilteredCpuUsagePercentage = cpuUsagePercentage;
        RawCpuUsagePercentage = rawCpuUsagePercentage;
        FilteredMemoryUsageBytes = memoryUsageBytes;
        RawMemoryUsageBytes = rawMemoryUsageBytes;
        FilteredAvailableMemoryBytes = availableMemoryBytes;
        RawAvailableMemoryBytes = rawAvailableMemoryBytes;
        MaximumAvailableMemoryBytes = maximumAvailableMemoryBytes;
    }

    /// <summary>The share of all processors that the process used, in percent, smoothed.</summary>
    [Id(0)]
    public readonly float FilteredCpuUsagePercentage;

    /// <summary>The share of all processors that the process used in the last interval, in percent.</summary>
    [Id(1)]
    public readonly float RawCpuUsagePercentage;

    /// <summary>The memory that the process used, in bytes, smoothed.</summary>
    [Id(2)]
    public readonly long FilteredMemoryUsageBytes;

    /// <summary>The memory that the process uses, in bytes.</summary>
    [Id(3)]
    public readonly long RawMemoryUsageBytes;

    /// <summary>The memory that the process may still take, in bytes, smoothed.</summary>
    [Id(4)]
    public readonly long FilteredAvailableMemoryBytes;

    /// <summary>The memory that the process may still take, in bytes.</summary>
    [Id(5)]
    public readonly long RawAvailableMemoryBytes;

    /// <summary>The memory that the process may use in all, in bytes: the container's limit, else the machine's memory.</summary>
    [Id(6)]
    public readonly long MaximumAvailableMemoryBytes;

    /// <summary>The share of memory in use, in percent.</summary>
    public float MemoryUsagePercentage => 100 * NormalizedMemoryUsage;

    /// <summary>The share of memory that is left, in percent.</summary>
    public float AvailableMemoryPercentage => 100 * NormalizedAvailableMemory;

    /// <summary>The share of memory in use, 0 to 1.</summary>
    public float NormalizedMemoryUsage => Share(RawMemoryUsageBytes);

    /// <summary>The share of memory in use, 0 to 1, smoothed.</summary>
    public float NormalizedFilteredMemoryUsage => Share(FilteredMemoryUsageBytes);

    /// <summary>The share of memory that is left, 0 to 1.</summary>
    public float NormalizedAvailableMemory => Share(RawAvailableMemoryBytes);

    /// <summary>The share of memory that is left, 0 to 1, smoothed.</summary>
    public float NormalizedFilteredAvailableMemory => Share(FilteredAvailableMemoryBytes);

    /// <summary>Whether both are the same measurement.</summary>
    public static bool operator ==(EnvironmentStatistics left, EnvironmentStatistics right) => left.Equals(right);

    /// <summary>Whether they are different measurements.</summary>
    public static bool operator !=(EnvironmentStatistics left, EnvironmentStatistics right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EnvironmentStatistics other) =>
        FilteredCpuUsagePercentage.Equals(other.FilteredCpuUsagePercentage) && RawCpuUsagePercentage.Equals(other.RawCpuUsagePercentage)
        && FilteredMemoryUsageBytes == other.FilteredMemoryUsageBytes && RawMemoryUsageBytes == other.RawMemoryUsageBytes
        && FilteredAvailableMemoryBytes == other.FilteredAvailableMemoryBytes && RawAvailableMemoryBytes == other.RawAvailableMemoryBytes
        && MaximumAvailableMemoryBytes == other.MaximumAvailableMemoryBytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EnvironmentStatistics other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FilteredCpuUsagePercentage, RawCpuUsagePercentage, FilteredMemoryUsageBytes, RawMemoryUsageBytes, MaximumAvailableMemoryBytes);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"processors {RawCpuUsagePercentage:0.0} %, memory {RawMemoryUsageBytes >> 20} MiB of {MaximumAvailableMemoryBytes >> 20} MiB ({MemoryUsagePercentage:0.0} %)");

    private float Share(long bytes) => MaximumAvailableMemoryBytes == 0 ? 0 : Math.Clamp((float)bytes / MaximumAvailableMemoryBytes, 0, 1);
}
