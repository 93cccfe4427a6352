using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Strangler.Moving;

/// <summary>How entities are moved and copied. Section <c>Strangler:Moving</c>; one for all capabilities of a process.</summary>
public sealed class MovingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Strangler:Moving";

    /// <summary>How many entities are moved, copied or compared at a time. Range 1 to 1,024. Default 64: such a group is committed together by storages that can.</summary>
    [Range(1, 1024)]
    public int Parallelism { get; set; } = 64;

    /// <summary>How many entities are listed at a time. Range 1 to 1,000, the most that the bridge gives. Default 1,000.</summary>
    [Range(1, 1000)]
    public int PageSize { get; set; } = 1000;

    /// <summary>How long after everything was found in its place the sweep looks again. From 10 milliseconds to an hour. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the monolith's changes are asked for while none wait. From 10 milliseconds to a minute. Default 500 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FeedPeriod { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long after a failure it is tried again; twice as long after each further one. From 1 millisecond to a minute. Default 200 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two tries. From 1 millisecond to an hour. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after a number of failures in a row.</summary>
    internal TimeSpan PauseAfter(int failures)
    {
        var doubled = RetryDelay * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        return doubled < MaxRetryDelay ? doubled : MaxRetryDelay;
    }
}
