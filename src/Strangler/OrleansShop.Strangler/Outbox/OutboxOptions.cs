using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Strangler.Outbox;

/// <summary>How outboxes publish and what they hold. Section <c>Outbox</c>; one for all grains of a process.</summary>
public sealed class OutboxOptions
{
    /// <summary>How many events of a grain may wait; a write that would make them more is refused with <see cref="OutboxFullException"/>. Range 1 to 10,000. Default 100.</summary>
    [Range(1, 10000)]
    public int MaxPendingEvents { get; set; } = 100;

    /// <summary>How many bytes the waiting events of a grain may take in its state, beside everything else in it: an item in DynamoDB takes 400 KiB in all. Range 1,024 to 16,777,216. Default 131,072.</summary>
    [Range(1024, 16777216)]
    public int MaxPendingBytes { get; set; } = 131072;

    /// <summary>How many bytes the JSON form of one event may have; a larger one is a fault of the grain and refused with <see cref="ArgumentException"/>. Range 256 to 1,048,576. Default 32,768.</summary>
    [Range(256, 1048576)]
    public int MaxEventBytes { get; set; } = 32768;

    /// <summary>
    /// How long a grain waits after its last event was published before it ends its mark: writes within this time share one mark. A silo that dies in it publishes the events since the mark was written again. From zero to an hour.
    /// Default 1 second.
    /// </summary>
    public TimeSpan NoteDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after a failure publishing is tried again; twice as long after each further one, and each time a random part of it. Above zero. Default 200 milliseconds.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two tries. At least <see cref="RetryDelay"/>. Default 30 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the queue may take to accept an event; then the outcome is unknown and it is published again. An activation that ends waits as long for it. Above zero. Default 5 seconds.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a grain that is deactivated goes on publishing what waits; the rest is left to the sweeper. From zero to a minute. Default 2 seconds.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many events a process publishes at a time; more wait their turn. Range 1 to 10,000. Default 64.</summary>
    [Range(1, 10000)]
    public int MaxConcurrentPublishes { get; set; } = 64;

    /// <summary>How often each process looks for old marks. Above zero. Default 10 seconds.</summary>
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How old a mark must be for its grain to be asked to publish: longer than a write takes as a rule. A grain that is asked too early has nothing to do. Above zero. Default 15 seconds.
    /// </summary>
    public TimeSpan MarkAge { get; set; } = TimeSpan.FromSeconds(15);
}
