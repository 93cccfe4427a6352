using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Strangler.Bridge;

/// <summary>The bridge's own settings. Section <c>Bridge</c>.</summary>
public sealed class BridgeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Bridge";

    /// <summary>
    /// The key that callers must send in the header <c>X-Bridge-Key</c>. Default none: the bridge listens on the loopback address only, unless it is
    /// told otherwise.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>
    /// How long the database may lack a table or column that the manifests name before the process stops with an error. Range 0 to 10 minutes.
    /// Default 30 seconds: the monolith makes its tables when it starts, and may start at the same time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan SchemaTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
