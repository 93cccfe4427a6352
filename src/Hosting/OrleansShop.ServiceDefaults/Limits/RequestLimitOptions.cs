using System.ComponentModel.DataAnnotations;

namespace OrleansShop.ServiceDefaults.Limits;

/// <summary>How large a request may be. Section <c>Limits</c>.</summary>
public sealed class RequestLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>
    /// The largest request body, in bytes; a larger one is answered 413. Range 1,024 to 104,857,600. Default 1,048,576:
    /// the largest valid body of the Pet Clinic is below 2 KB, and bulk imports between services are paged below 1 MiB.
    /// </summary>
    [Range(1024L, 104_857_600L)]
    public long MaxRequestBodyBytes { get; set; } = 1_048_576;

    /// <summary>
    /// The largest total of request header names and values, in bytes; a larger one is answered 431. Range 1,024 to 1,048,576.
    /// Default 32,768, which is Kestrel's own.
    /// </summary>
    [Range(1024, 1_048_576)]
    public int MaxRequestHeadersBytes { get; set; } = 32_768;

    /// <summary>The largest number of request headers; more are answered 431. Range 10 to 1,000. Default 100, which is Kestrel's own.</summary>
    [Range(10, 1000)]
    public int MaxRequestHeaderCount { get; set; } = 100;

    /// <summary>
    /// How long a client may take to send its request headers. Range 1 second to 10 minutes. Default 15 seconds, half of Kestrel's own:
    /// the clients are browsers and services, and a slow header is the cheapest way to hold a connection.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestHeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
