using System.ComponentModel.DataAnnotations;

namespace OrleansShop.ServiceDefaults.Health;

/// <summary>How a process goes away without failing a request. Section <c>Shutdown</c>. <see cref="StopBudget"/> has what follows from it.</summary>
public sealed class ShutdownOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Shutdown";

    /// <summary>
    /// How long the platform waits after SIGTERM before it kills the process: in ECS the container's <c>stopTimeout</c>. The one setting that has to say the same
    /// as the platform's; the others follow from it. Range 5 seconds to 10 minutes. Default 30 seconds, which is the default of ECS and of Kubernetes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the process goes on serving after it has turned unready, so that load balancers notice. Range 0 to 2 minutes.
    /// Default 0: a process that nobody balances stops at once; in an ECS task 5 seconds. Behind the gateway it must exceed the gateway's health check interval plus
    /// its timeout.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:02:00")]
    public TimeSpan ReadinessDelay { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// How long running requests and turns may take to end after that. Range 1 second to 10 minutes, and with <see cref="ReadinessDelay"/> and 2 seconds for the process
    /// to end no longer than <see cref="StopTimeout"/>. Default, null: what that leaves.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan? DrainTimeout { get; set; }
}
