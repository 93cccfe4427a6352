using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Gateway.Following;

/// <summary>How the gateway learns how capabilities stand. Section <c>Gateway:Following</c>.</summary>
internal sealed record FollowingOptions
{
    public const string Section = "Gateway:Following";

    /// <summary>
    /// How often each service is asked how its capability stands, give or take a tenth. Range 10 milliseconds to 1 minute. Default 1 second. A gateway that knows it late sends requests to the wrong side and then to
    /// the right one: it costs their clients time and nothing else.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a service may take to answer. Range 100 milliseconds to 1 minute. Default 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long nothing may have been heard of a capability's service until even a capability that nobody moves, by the last word, counts as one whose entities may move. Range 100 milliseconds to 1 hour. Default 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(5);
}
