using System.ComponentModel.DataAnnotations;

namespace Orleans.Configuration;

/// <summary>Streams over SQS, as the programming model has it. What else can be set is in <see cref="OrleansShop.Engine.Sqs.Streams.Hosting.SqsStreamOptions"/>. Named options: the name is the provider's.</summary>
public class SqsOptions
{
    /// <summary>
    /// Where SQS is and as whom it is called: <c>Service=…;AccessKey=…;SecretKey=…;SessionToken=…</c>. Service is the system name of a region, or an http or https URL, which without keys is taken
    /// for an emulator. What is left out comes from the standard chain of the SDK. Default "": all of it.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Whether the queues are FIFO queues: the events of a stream are delivered in their order, also when some come again. The names of such queues end with <c>.fifo</c>. The same in every silo
    /// and client. Default false.
    /// </summary>
    public bool FifoQueue { get; set; }

    /// <summary>
    /// How long a receive waits for a first message, in seconds: what a silo that stops may wait for at its end, and the pause between two receives of an idle queue, each of which SQS charges. At 0 a
    /// receive does not wait, and the next follows after <see cref="StreamPullingAgentOptions.GetQueueMsgsTimerPeriod"/>. Range 0 to 20. Default null: 5.
    /// </summary>
    [Range(0, 20)]
    public int? ReceiveWaitTimeSeconds { get; set; }

    /// <summary>
    /// For how long SQS hides a message that was received, in seconds. It is extended while the message waits or is being delivered, so it is how long messages of a silo that died are
    /// away. Range 2 to 43,200. Default null: as the queue says, which is 30 for queues that the provider creates.
    /// </summary>
    [Range(2, 43_200)]
    public int? VisibilityTimeoutSeconds { get; set; }

    /// <summary>The attributes that a data adapter gets to see. Default none, which means all, as any other value does.</summary>
    public List<string> ReceiveMessageAttributes { get; set; } = [];

    /// <summary>The attributes of the service that a data adapter gets to see. Default none, which means all, as any other value does.</summary>
    public List<string> ReceiveMessageSystemAttributes { get; set; } = [];
}
