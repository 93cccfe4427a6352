using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Gateway.Switching;

/// <summary>How long the steps of a switch may take. Section <c>Gateway:Switching</c>.</summary>
internal sealed record SwitchingOptions
{
    public const string Section = "Gateway:Switching";

    /// <summary>
    /// How long the writes that are on their way when a switch begins may take to end; after that the switch is given up.
    /// Range 100 milliseconds to 10 minutes. Default 10 seconds: clients whose writes are held meanwhile seldom wait longer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the copy may take; after that the switch is given up. Range 1 second to 1 day. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CopyTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a service may take to tell or change its phase. Range 100 milliseconds to 1 minute. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What held writes are told to wait (<c>Retry-After</c>). Range 1 second to 10 minutes. Default 1 second, which a small copy takes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the admin API lets its caller wait for the end of a switch before it answers 202. Range 0 to 10 minutes. Default 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a service is asked until it and the gateway agree on the phase, after a start or a failed switch.
    /// Range 100 milliseconds to 10 minutes. Default 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(2);
}
