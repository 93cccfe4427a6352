using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Storage.Sqlite.DeadLetters;

/// <summary>Where the dead letters of a stream provider are kept, and how many. Named options: the name is the provider's. At a limit the oldest go, and are counted.</summary>
public sealed class SqliteDeadLetterOptions
{
    /// <summary>
    /// The file. Required. Relative to the working directory; created with its folder if it does not exist. Several providers, and silos of one machine, may share it; it may be the file of a
    /// grain storage.
    /// </summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>The most dead letters of the provider. Range 1 to 1000000. Default: 10000.</summary>
    [Range(1, 1_000_000)]
    public int MaxLetters { get; set; } = 10_000;

    /// <summary>The most bytes in their payloads. Range 1 to 1099511627776 (1 TiB). A single one that is larger is kept alone. Default: 268435456 (256 MiB).</summary>
    [Range(1, 1_099_511_627_776)]
    public long MaxBytes { get; set; } = 268_435_456;

    /// <summary>The greatest age; what failed longer ago goes when the next one comes. Range one minute to ten years. Default: 14 days, as long as hosted queues keep a message at most.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(14);
}
