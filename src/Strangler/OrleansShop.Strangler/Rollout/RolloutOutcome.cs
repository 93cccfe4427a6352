using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Rollout;

/// <summary>What has become of a rollout. The numbers are stored and never given a new meaning.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutOutcome>))]
public enum RolloutOutcome
{
    /// <summary>It goes from step to step.</summary>
    Running = 0,

    /// <summary>A limit was broken: everything is being returned to the monolith.</summary>
    RollingBack = 1,

    /// <summary>A limit was broken, and everything is the monolith's again.</summary>
    RolledBack = 2,

    /// <summary>Every step was taken.</summary>
    Finished = 3,

    /// <summary>An operator has given an order of his own; the capability stands as that says.</summary>
    Overtaken = 4,

    /// <summary>An operator has ended it; the capability stands where it was.</summary>
    Stopped = 5,
}

/// <summary>What follows from an outcome.</summary>
public static class RolloutOutcomes
{
    /// <summary>Whether the rollout still gives orders.</summary>
    public static bool IsUnderWay(this RolloutOutcome outcome) => outcome is RolloutOutcome.Running or RolloutOutcome.RollingBack;
}
