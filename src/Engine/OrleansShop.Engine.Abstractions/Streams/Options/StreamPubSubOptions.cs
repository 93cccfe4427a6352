using Orleans.Streams;

namespace Orleans.Configuration;

/// <summary>Which subscriptions a provider knows.</summary>
public class StreamPubSubOptions
{
    /// <summary>The kind if none is set: both.</summary>
    public const StreamPubSubType DEFAULT_STREAM_PUBSUB_TYPE = StreamPubSubType.ExplicitGrainBasedAndImplicit;

    /// <summary>Which subscriptions the provider knows; the same in every silo and client. Default: explicit and implicit ones.</summary>
    public StreamPubSubType PubSubType { get; set; } = DEFAULT_STREAM_PUBSUB_TYPE;
}
