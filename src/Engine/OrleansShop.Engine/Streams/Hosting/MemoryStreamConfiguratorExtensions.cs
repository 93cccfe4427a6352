using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Configures providers of streams in memory.</summary>
public static class MemoryStreamConfiguratorExtensions
{
    /// <summary>Sets the number of queues; the same in every silo and client.</summary>
    public static void ConfigurePartitioning(this IMemoryStreamConfigurator configurator, int numOfQueues = HashRingStreamQueueMapperOptions.DEFAULT_NUM_QUEUES) =>
        configurator.Configure<HashRingStreamQueueMapperOptions>(options => options.Configure(configured => configured.TotalQueueCount = numOfQueues));
}
