using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Streaming.SQS.Streams;
using OrleansShop.Engine.Sqs.Streams;
using OrleansShop.Engine.Sqs.Streams.Hosting;

namespace Orleans.Hosting;

/// <summary>Configures a provider of streams over SQS in a client; making one adds the provider.</summary>
public class ClusterClientSqsStreamConfigurator : ClusterClientPersistentStreamConfigurator
{
    /// <summary>Adds a provider.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="builder">Puts the client together.</param>
    public ClusterClientSqsStreamConfigurator(string name, IClientBuilder builder)
        : base(name, builder, static (services, provider) => new SqsAdapterFactory(provider, services)) =>
        ConfigureDelegate(services => SqsStreamServices.Add(services, Name));

    /// <summary>Configures where SQS is, and which kind of queues.</summary>
    public ClusterClientSqsStreamConfigurator ConfigureSqs(Action<OptionsBuilder<SqsOptions>> configureOptions)
    {
        this.Configure(configureOptions);
        return this;
    }

    /// <summary>Sets the number of queues; the same in every silo and client.</summary>
    public ClusterClientSqsStreamConfigurator ConfigurePartitioning(int numOfparitions = HashRingStreamQueueMapperOptions.DEFAULT_NUM_QUEUES)
    {
        this.Configure<HashRingStreamQueueMapperOptions>(options => options.Configure(configured => configured.TotalQueueCount = numOfparitions));
        return this;
    }

    /// <summary>Has messages made and read in another form. The same in every silo and client.</summary>
    public ClusterClientSqsStreamConfigurator UseDataAdapter(Func<IServiceProvider, string, ISQSDataAdapter> factory)
    {
        this.ConfigureComponent(factory);
        return this;
    }
}
