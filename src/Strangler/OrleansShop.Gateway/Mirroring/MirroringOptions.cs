using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Gateway.Mirroring;

/// <summary>How reads of capabilities in the phase Shadow are answered by both sides and compared. Section <c>Gateway:Mirroring</c>.</summary>
internal sealed record MirroringOptions
{
    public const string Section = "Gateway:Mirroring";

    /// <summary>How many percent of the reads are sent to the service too. Range 0 to 100. Default 10.</summary>
    [Range(0, 100)]
    public int Percent { get; init; } = 10;

    /// <summary>How many answers of the monolith may wait to be compared; more are dropped and counted. Range 1 to 10000. Default 128, each with at most <see cref="MaxAnswerBytes"/>.</summary>
    [Range(1, 10_000)]
    public int QueueLength { get; init; } = 128;

    /// <summary>The largest answer in bytes that is compared; larger ones are dropped and counted. Range 1024 to 16777216. Default 131072.</summary>
    [Range(1024, 16 << 20)]
    public int MaxAnswerBytes { get; init; } = 128 << 10;

    /// <summary>How long either side may take to answer for a comparison. Range 100 milliseconds to 1 minute. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
