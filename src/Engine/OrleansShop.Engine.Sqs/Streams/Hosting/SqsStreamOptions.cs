using System.ComponentModel.DataAnnotations;
using Orleans.Configuration;

namespace OrleansShop.Engine.Sqs.Streams.Hosting;

/// <summary>What can be set for streams over SQS beyond <see cref="SqsOptions"/>. Named options: the name is the provider's.</summary>
public sealed class SqsStreamOptions
{
    /// <summary>Whether queues that are missing are created, with their dead-letter queues. If not, a silo does not start without them. Default true.</summary>
    public bool CreateQueues { get; set; } = true;

    /// <summary>What the name of a queue's dead-letter queue has after the queue's own, before <c>.fifo</c>. Of a queue that has a redrive policy, that policy's queue is taken instead. Default "-dead".</summary>
    [Required]
    public string DeadLetterSuffix { get; set; } = "-dead";

    /// <summary>
    /// How often SQS gives a message out before it moves it to the dead-letter queue by itself. It is there for messages that end the process which takes them: all others are moved by the agent.
    /// Each silo that dies, or hands the queue over, costs those messages one that it holds. Only for queues that are created. Range 1 to 1000. Default 50.
    /// </summary>
    [Range(1, 1000)]
    public int MaxReceiveCount { get; set; } = 50;

    /// <summary>How long SQS keeps a message that nobody takes. Only for queues that are created. Range 1 min to 14 days. Default 4 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(4);

    /// <summary>How long SQS keeps a dead letter. Only for queues that are created. Range 1 min to 14 days, and not less than <see cref="Retention"/>. Default 14 days.</summary>
    public TimeSpan DeadLetterRetention { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// The most bytes of a message with its attributes, which SQS and the queues allow. Of those, 4,096 stay free for what a dead letter has besides. Range 8,192 and more. Default 1,048,576.
    /// </summary>
    [Range(8192, 1_048_576 * 16)]
    public int MaxMessageBytes { get; set; } = 1_048_576;

    /// <summary>How many receives of one standard queue are under way at most while it gives full answers; an idle queue has one, and so has a FIFO queue. Range 1 to 32. Default 4.</summary>
    [Range(1, 32)]
    public int MaxReceives { get; set; } = 4;

    /// <summary>How many calls that send, and that delete, are under way at most, for each queue. Range 1 to 32. Default 4.</summary>
    [Range(1, 32)]
    public int MaxSends { get; set; } = 4;

    /// <summary>The most messages that wait in one process to be sent to one queue; more are refused. Range 1 and more. Default 10,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxWaitingSends { get; set; } = 10_000;

    /// <summary>
    /// The most bytes of messages that an agent holds of one queue: at this size it receives no more until some are delivered. <see cref="SimpleQueueCacheOptions.CacheSize"/> limits their number.
    /// Range 1 MiB and more. Default 64 MiB.
    /// </summary>
    [Range(1_048_576L, long.MaxValue)]
    public long MaxHeldBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How many messages an agent remembers of each queue that it has delivered, so that one which SQS gives out again is not delivered again. Range 0 and more. Default 20,000.</summary>
    [Range(0, int.MaxValue)]
    public int RememberedMessages { get; set; } = 20_000;

    /// <summary>
    /// What names an event for good, if the publisher has such a name, as an outbox does: two messages of one name are one event, of which only the first is delivered, as long as SQS (5 min, FIFO
    /// queues) or the agent remembers it. Asked for each event that is published alone; null for none. Default null: every publishing is another event.
    /// </summary>
    public Func<object, string?>? EventId { get; set; }

    /// <summary>The bucket of S3 for messages that are too large for SQS. Default null: such messages are refused.</summary>
    public string? ClaimCheckBucket { get; set; }

    /// <summary>Where S3 is: the system name of a region, or an http or https URL. Default null: as in <see cref="SqsOptions.ConnectionString"/>.</summary>
    public string? ClaimCheckService { get; set; }

    /// <summary>What the keys of objects in <see cref="ClaimCheckBucket"/> begin with. Default "streams/".</summary>
    public string ClaimCheckPrefix { get; set; } = "streams/";

    /// <summary>From how many bytes on the body of a message goes to <see cref="ClaimCheckBucket"/>. Range 1 and more. Default null: if it is too large for SQS.</summary>
    [Range(1, int.MaxValue)]
    public int? ClaimCheckThresholdBytes { get; set; }

    /// <summary>The most bytes of a body in <see cref="ClaimCheckBucket"/>. Range 1 and more. Default 16 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxClaimCheckBytes { get; set; } = 16 * 1024 * 1024;
}
