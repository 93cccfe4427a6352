using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Strangler.Rollout;

/// <summary>How rollouts look at their figures. Section <c>Strangler:Rollout</c>; one for all capabilities of a process. Steps and limits are in the manifest.</summary>
public sealed class RolloutOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Strangler:Rollout";

    /// <summary>How often a rollout decides. From 10 milliseconds to a minute. Default 1 second, the interval in which gateways tell their figures.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after its last figures a gateway counts as heard. From 100 milliseconds to an hour. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(10);
}
