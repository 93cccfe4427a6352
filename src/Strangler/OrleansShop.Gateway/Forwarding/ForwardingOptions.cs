using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>How requests travel to the backends. Section <c>Gateway:Forwarding</c>.</summary>
internal sealed record ForwardingOptions
{
    public const string Section = "Gateway:Forwarding";

    /// <summary>
    /// How long a connection to a backend may take to come up. Range 100 milliseconds to 1 minute. Default 2 seconds: a lost SYN is
    /// repeated after 1 second, and a process that does not accept by then is better replaced by another.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a backend may stay silent, before and within its answer, until the request is answered 504. Range 100 milliseconds
    /// to 10 minutes. Default 30 seconds: as long as a grain call may take.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often each backend process is asked whether it is ready. Range 100 milliseconds to 1 minute. Default 1 second. Together with
    /// <see cref="HealthTimeout"/> it must stay below the backends' <c>Shutdown:ReadinessDelay</c>, or a stopping process still gets requests.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a backend may take to say that it is ready. Range 100 milliseconds to 1 minute. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The networks of the proxies in front of the gateway, in CIDR form separated by ';'. Only their <c>X-Forwarded-*</c> headers are believed
    /// and continued; everyone else's are replaced. Default none: the gateway faces clients directly.
    /// </summary>
    public string TrustedProxies { get; init; } = "";
}
