using Orleans.Configuration;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Configures stream providers, in silos and clients.</summary>
public static class PersistentStreamConfiguratorExtensions
{
    /// <summary>Says which subscriptions the provider knows.</summary>
    public static void ConfigureStreamPubSub(this IPersistentStreamConfigurator configurator, StreamPubSubType type = StreamPubSubOptions.DEFAULT_STREAM_PUBSUB_TYPE) =>
        configurator.Configure<StreamPubSubOptions>(options => options.Configure(configured => configured.PubSubType = type));
}
