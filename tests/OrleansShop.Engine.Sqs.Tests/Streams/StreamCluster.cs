using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using Orleans.TestingHost;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Streams.Hosting;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Testing.Sqs;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>A cluster with streams over the emulator, in queues that no other test has.</summary>
internal sealed class StreamCluster : IAsyncDisposable
{
    public const string Provider = "Sqs";

    private StreamCluster(InProcessTestCluster cluster, SqsClient sqs, string service, bool isFifo) => (Cluster, Sqs, Service, IsFifo) = (cluster, sqs, service, isFifo);

    public InProcessTestCluster Cluster { get; }

    /// <summary>Calls the emulator beside the cluster.</summary>
    public SqsClient Sqs { get; }

    public string Service { get; }

    public bool IsFifo { get; }

    public IDeadLetterStore DeadLetters => Cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IDeadLetterStore>(Provider);

    public static string NewService() => $"s{Guid.NewGuid():N}";

    public static Task<StreamCluster> StartAsync(SqsFixture fixture, StreamClusterPlan? plan = null) => StartAsync(() => fixture.EndpointAsync(), plan);

    public static async Task<StreamCluster> StartAsync(Func<Task<string>> endpoint, StreamClusterPlan? plan = null)
    {
        plan ??= new StreamClusterPlan();
        var service = plan.Service ?? NewService();
        var url = await endpoint();
        var builder = new InProcessTestClusterBuilder(plan.Silos);
        builder.Options.ServiceId = service;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddSqsStreams(Provider, (SiloSqsStreamConfigurator streams) =>
            {
                streams.ConfigureSqs(options => options.Configure(sqs => plan.Configure(sqs, plan.Endpoint ?? url)));
                streams.ConfigurePartitioning(plan.QueueCount);
                streams.Configure<SqsStreamOptions>(options => options.Configure(plan.Options));
                streams.Configure<StreamDeadLetterOptions>(options => options.Configure(dead => dead.MaxAttempts = plan.MaxAttempts));
                streams.ConfigurePullingAgent(options => options.Configure(agent => agent.MaxEventDeliveryTime = plan.MaxEventDeliveryTime));
            });
            plan.More(silo);
        });
        builder.ConfigureClient(client => client.AddSqsStreams(Provider, (ClusterClientSqsStreamConfigurator streams) =>
        {
            streams.ConfigureSqs(options => options.Configure(sqs => plan.Configure(sqs, plan.Endpoint ?? url)));
            streams.ConfigurePartitioning(plan.QueueCount);
            streams.Configure<SqsStreamOptions>(options => options.Configure(plan.Options));
        }));
        var cluster = builder.Build();
        try
        {
            await cluster.DeployAsync();
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return new StreamCluster(cluster, TestQueue.Open(url), service, plan.IsFifo);
    }

    public IAsyncStream<string> Stream(StreamId stream) => Cluster.Client.GetStreamProvider(Provider).GetStream<string>(stream);

    public Task<Guid> Subscribe(string name, StreamId stream) => Cluster.Client.GetGrain<ISubscriber>(name).Subscribe(stream);

    public string QueueName(int number, bool isDead = false) => $"{Service}-sqs-{number}{(isDead ? "-dead" : "")}{(IsFifo ? ".fifo" : "")}";

    public Task<string> QueueUrl(int number, bool isDead = false) => Sqs.GetQueueUrlAsync(QueueName(number, isDead));

    public async Task<SqsQueueDescription> Describe(int number, bool isDead = false) => await Sqs.GetQueueAttributesAsync(await QueueUrl(number, isDead));

    /// <summary>Whether nothing is in a queue any more.</summary>
    public async Task<bool> IsEmpty(int number, bool isDead = false) => await Describe(number, isDead) is { Waiting: 0, InFlight: 0, Delayed: 0 };

    /// <summary>Receives the dead letters of a queue, and leaves them hidden for a while.</summary>
    public async Task<IReadOnlyList<SqsMessage>> ReceiveDead(int number, int count)
    {
        List<SqsMessage> messages = [];
        var url = await QueueUrl(number, isDead: true);
        for (var tries = 0; messages.Count < count && tries < 60; tries++)
            messages.AddRange(await Sqs.ReceiveAsync(url, new SqsReceive { Wait = TimeSpan.FromSeconds(1), Visibility = TimeSpan.FromMinutes(10) }));
        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await foreach (var url in Sqs.ListQueuesAsync(Service)) await Sqs.DeleteQueueAsync(url);
        Sqs.Dispose();
    }
}
