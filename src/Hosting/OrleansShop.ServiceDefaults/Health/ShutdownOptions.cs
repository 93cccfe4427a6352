using System.ComponentModel.DataAnnotations;

namespace OrleansShop.ServiceDefaults.Health;

/// <summary>How a process goes away without failing a request. Section <c>Shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Shutdown";

    /// <summary>
    /// How long the process goes on serving after it has turned unready, so that load balancers notice. Range 0 to 2 minutes.
    /// Default 0: a process that nobody balances stops at once. Behind the gateway it must exceed the gateway's health check interval plus its timeout.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:02:00")]
    public TimeSpan ReadinessDelay { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// How long running requests and turns may take to end after that. Range 1 second to 10 minutes. Default 25 seconds,
    /// below the 30 seconds after which container platforms kill a process by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
