using Orleans.Statistics;

namespace Orleans.Runtime;

/// <summary>A silo, measured once.</summary>
[GenerateSerializer]
[Immutable]
public sealed class SiloRuntimeStatistics
{
    internal SiloRuntimeStatistics(int activationCount, int recentlyUsedActivationCount, long clientCount, DateTime dateTime, EnvironmentStatistics environmentStatistics)
    {
        ActivationCount = activationCount;
        RecentlyUsedActivationCount = recentlyUsedActivationCount;
        ClientCount = clientCount;
        DateTime = dateTime;
        EnvironmentStatistics = environmentStatistics;
    }

    /// <summary>How many activations the silo has.</summary>
    [Id(0)]
    public int ActivationCount { get; }

    /// <summary>How many of them were used within the last 10 minutes.</summary>
    [Id(1)]
    public int RecentlyUsedActivationCount { get; }

    /// <summary>How many clients outside the cluster are connected to the silo.</summary>
    [Id(7)]
    public long ClientCount { get; }

    /// <summary>When it was measured, UTC, by the silo's clock.</summary>
    [Id(10)]
    public DateTime DateTime { get; }

    /// <summary>How busy the silo's process is.</summary>
    [Id(11)]
    public EnvironmentStatistics EnvironmentStatistics { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{ActivationCount} activations, {RecentlyUsedActivationCount} of them used recently, {ClientCount} clients at {DateTime:O}";
}
