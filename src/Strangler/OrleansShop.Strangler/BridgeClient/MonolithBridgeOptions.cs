using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>Where the bridge is. Section <c>Strangler:Bridge</c>.</summary>
public sealed class MonolithBridgeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Strangler:Bridge";

    /// <summary>The base address of the bridge. Default <c>http://127.0.0.1:9967</c>, the bridge's own default.</summary>
    [Required]
    public Uri Address { get; set; } = new("http://127.0.0.1:9967");

    /// <summary>The key that the bridge asks for (its <c>Bridge:Key</c>). Default none.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// How long a call may take. Range 1 second to 2 minutes. Default 10 seconds: above the 5 seconds that the bridge waits for locks, so that its own
    /// answer comes first, and below the 30 seconds of a grain call.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
