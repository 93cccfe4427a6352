using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Streaming.SQS.Streams;
using OrleansShop.Engine.Sqs.Streams;
using OrleansShop.Engine.Sqs.Streams.Hosting;

namespace Orleans.Hosting;

/// <summary>Configures a provider of streams over SQS in a silo; making one adds the provider.</summary>
public class SiloSqsStreamConfigurator : SiloPersistentStreamConfigurator
{
    /// <summary>Adds a provider.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="configureServicesDelegate">Calls back with the services of the host.</param>
    public SiloSqsStreamConfigurator(string name, Action<Action<IServiceCollection>> configureServicesDelegate)
        : base(name, configureServicesDelegate, static (services, provider) => new SqsAdapterFactory(provider, services)) =>
        ConfigureDelegate(services => SqsStreamServices.AddToSilo(services, Name));

    /// <summary>Configures where SQS is, and which kind of queues.</summary>
    public SiloSqsStreamConfigurator ConfigureSqs(Action<OptionsBuilder<SqsOptions>> configureOptions)
    {
        this.Configure(configureOptions);
        return this;
    }

    /// <summary>Sets how many messages of a queue are in memory at most.</summary>
    public SiloSqsStreamConfigurator ConfigureCache(int cacheSize = SimpleQueueCacheOptions.DEFAULT_CACHE_SIZE)
    {
        this.Configure<SimpleQueueCacheOptions>(options => options.Configure(configured => configured.CacheSize = cacheSize));
        return this;
    }

    /// <summary>Sets the number of queues; the same in every silo and client.</summary>
    public SiloSqsStreamConfigurator ConfigurePartitioning(int numOfparitions = HashRingStreamQueueMapperOptions.DEFAULT_NUM_QUEUES)
    {
        this.Configure<HashRingStreamQueueMapperOptions>(options => options.Configure(configured => configured.TotalQueueCount = numOfparitions));
        return this;
    }

    /// <summary>Has messages made and read in another form. The same in every silo and client.</summary>
    public SiloSqsStreamConfigurator UseDataAdapter(Func<IServiceProvider, string, ISQSDataAdapter> factory)
    {
        this.ConfigureComponent(factory);
        return this;
    }
}
