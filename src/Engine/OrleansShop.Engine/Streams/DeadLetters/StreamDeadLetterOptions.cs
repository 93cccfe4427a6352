using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>When an event becomes a dead letter. Named options: the name is the provider's. Not looked at for a provider without dead letters.</summary>
public sealed class StreamDeadLetterOptions
{
    /// <summary>
    /// How often a delivery to one subscription may fail, those counted that the queue knows of (<see cref="IRetriedMessage.EarlierAttempts"/>). Range 1 to 1000. Default: 5.
    /// Calls that did not reach the subscriber's silo do not count. <see cref="Orleans.Configuration.StreamPullingAgentOptions.MaxEventDeliveryTime"/> ends the tries too, whichever
    /// comes first: with the default pauses, from 100 ms doubled up to 5 s, five tries take 1.5 s besides the calls.
    /// </summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 5;
}
