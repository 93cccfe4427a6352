using System.Collections.Immutable;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>By which steps a rollout moves a capability, and what it must not meet on the way. Immutable; a manifest that says nothing has the defaults.</summary>
public sealed record RolloutManifest
{
    /// <summary>The most steps.</summary>
    public const int MaxSteps = 20;

    /// <summary>What holds for a capability that says nothing.</summary>
    public static RolloutManifest Default { get; } = new();

    /// <summary>The shares of Canary in percent, in their order. 1 to 20 of them, from 1 to 100, each greater than the one before, 100 at the end. Default 1, 5, 25, 50, 100.</summary>
    public ImmutableArray<int> Steps { get; init; } = [1, 5, 25, 50, 100];

    /// <summary>How long each step is looked at, Shadow and Grains included, from the first figures of a gateway that goes by it. Range 100 milliseconds to 7 days. Default 10 minutes.</summary>
    public TimeSpan BakeTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long after <see cref="BakeTime"/> a step may last. When it is over, a step goes on that has had fewer than <see cref="MinRequests"/> and broke no limit with those; one that lags, or has not moved everything, is
    /// rolled back. Range 0 to 30 days. Default 1 hour.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many requests a side must have answered in a step to be judged by; in Shadow, how many answers must have been compared. Range 1 to 1000000. Default 100.</summary>
    public int MinRequests { get; init; } = 100;

    /// <summary>Whether lists are answered by the grains at the end. Default false.</summary>
    public bool Lists { get; init; }

    /// <summary>What a step must not meet.</summary>
    public RolloutLimits Limits { get; init; } = new();
}

/// <summary>What a step of a rollout must not meet. Immutable.</summary>
public sealed record RolloutLimits
{
    /// <summary>How many percent of the requests to the grains may fail: a status from 500 on, or no answer in time. Range 0 to 100. Default 1.</summary>
    public double ErrorPercent { get; init; } = 1;

    /// <summary>How many times the monolith's p99 in the same window the p99 of the grains may be. Range 1 to 1000. Default 3.</summary>
    public double LatencyRatio { get; init; } = 3;

    /// <summary>The p99 of the grains up to which <see cref="LatencyRatio"/> does not count. Range 0 to 1 minute. Default 50 milliseconds.</summary>
    public TimeSpan LatencyFloor { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>In Shadow, how many percent of the compared answers may differ. Reads that overtake their copy differ too. Range 0 to 100. Default 1.</summary>
    public double DifferentPercent { get; init; } = 1;

    /// <summary>How old the oldest change may be that one side has and the other has not, at the end of a step. Range 0 to 1 day. Default 10 seconds.</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many entities may not be where they should, at the end of a step. Range 0 to 1000000000. Default 0.</summary>
    public long Unmoved { get; init; }
}
