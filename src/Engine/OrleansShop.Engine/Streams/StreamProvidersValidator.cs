using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Memory;
using OrleansShop.Engine.Streams.Providers;

namespace OrleansShop.Engine.Streams;

/// <summary>Refuses a silo whose stream providers lack something or have options out of range.</summary>
internal sealed class StreamProvidersValidator(IServiceProvider services, IEnumerable<StreamProviderName> names) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var faults = names.Select(static known => known.Name).Distinct().SelectMany(FaultsOf).ToList();
        if (faults.Count != 0)
            throw new OrleansConfigurationException(string.Join(Environment.NewLine, faults));
    }

    private IEnumerable<string> FaultsOf(string name)
    {
        if (Options<StreamPubSubOptions>(name).PubSubType != StreamPubSubType.ImplicitOnly && services.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME) is null)
        {
            yield return $"Stream provider \"{name}\" keeps subscriptions in the grain storage \"{ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME}\", and there is none under that name. "
                + $"Add one, for instance AddMemoryGrainStorage(\"{ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME}\"), or configure the provider with StreamPubSubType.ImplicitOnly.";
        }

        var agent = Options<StreamPullingAgentOptions>(name);
        if (agent.BatchContainerBatchSize < 1)
            yield return Fault(name, nameof(StreamPullingAgentOptions), nameof(agent.BatchContainerBatchSize), agent.BatchContainerBatchSize, "at least 1");
        if (agent.GetQueueMsgsTimerPeriod <= TimeSpan.Zero)
            yield return Fault(name, nameof(StreamPullingAgentOptions), nameof(agent.GetQueueMsgsTimerPeriod), agent.GetQueueMsgsTimerPeriod, "above zero");
        if (agent.InitQueueTimeout <= TimeSpan.Zero)
            yield return Fault(name, nameof(StreamPullingAgentOptions), nameof(agent.InitQueueTimeout), agent.InitQueueTimeout, "above zero");
        if (agent.StreamInactivityPeriod <= TimeSpan.Zero)
            yield return Fault(name, nameof(StreamPullingAgentOptions), nameof(agent.StreamInactivityPeriod), agent.StreamInactivityPeriod, "above zero");
        if (Options<HashRingStreamQueueMapperOptions>(name).TotalQueueCount is < 1 and var queues)
            yield return Fault(name, nameof(HashRingStreamQueueMapperOptions), nameof(HashRingStreamQueueMapperOptions.TotalQueueCount), queues, "at least 1");
        if (Options<SimpleQueueCacheOptions>(name).CacheSize is < 1 and var size)
            yield return Fault(name, nameof(SimpleQueueCacheOptions), nameof(SimpleQueueCacheOptions.CacheSize), size, "at least 1");
        if (Options<MemoryStreamQueueOptions>(name).MaxMessages is < 1 and var messages)
            yield return Fault(name, nameof(MemoryStreamQueueOptions), nameof(MemoryStreamQueueOptions.MaxMessages), messages, "at least 1");
    }

    private static string Fault(string name, string options, string property, object value, string wanted) => $"{options}.{property} of stream provider \"{name}\" is {value}; it has to be {wanted}.";

    private TOptions Options<TOptions>(string name) => services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
}
