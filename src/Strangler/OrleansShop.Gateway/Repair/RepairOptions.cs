using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Gateway.Repair;

/// <summary>What happens to requests that meet an entity at the side that does not own it. Section <c>Gateway:Repair</c>.</summary>
internal sealed record RepairOptions
{
    public const string Section = "Gateway:Repair";

    /// <summary>
    /// The largest body in bytes that is kept while entities of the capability may move, so that it can be sent twice; a write with a larger one is answered 503 with <c>Retry-After</c> where another would be repeated.
    /// Range 0 to 16777216. Default 131072, which is far above what the clinic's clients send; each write that is on its way may hold as much.
    /// </summary>
    [Range(0, 16 << 20)]
    public int MaxRepeatableBytes { get; init; } = 128 << 10;

    /// <summary>
    /// How long a service may take to place an entity where it should be: a transaction in the monolith's database. Range 100 milliseconds to 1 minute. Default 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PlaceTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What clients are told to wait (<c>Retry-After</c>) whose request found no owner. Range 1 second to 10 minutes. Default 1 second, in which most moves end.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
