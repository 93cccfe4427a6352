using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Streams;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Processes.Tests.Grains;
using OrleansShop.Engine.Processes.Tests.Silos;
using OrleansShop.Engine.Sqs.Streams.Hosting;

namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>A silo of one of the two services, with streams over SQS. The agents of the queues live in the silos of either.</summary>
internal static class EventSiloProgram
{
    private const int Queues = 4;

    // For how long the messages that a killed silo had are away.
    private const int VisibilitySeconds = 5;

    public static async Task RunAsync(EventSiloSettings settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(_ => new Ledger(settings.Folder));
        builder.Services.AddSingleton(_ => new ConsumerFaults(settings.Folder, settings.Seed));
        builder.UseOrleans(silo =>
        {
            silo.UseFileClustering(SiloProgram.MembersIn(settings.Folder));
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort: 0, settings.GatewayPort);
            silo.Configure<ClusterOptions>(options => NameCluster(options, settings.Name));
            silo.Services.PostConfigure<GrainTypeOptions>(types => types.Classes.RemoveWhere(type => IsOfAnother(type, settings.Service)));
            silo.AddSqsStreams(Orders.Provider, streams => Configure(streams, settings));
        });
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(SiloProgram.Ready);
        ParentProcess.StopWithIt(host);
        await host.WaitForShutdownAsync();
    }

    public static void NameCluster(ClusterOptions options, string name) => (options.ClusterId, options.ServiceId) = (name, name);

    private static void Configure(SiloSqsStreamConfigurator streams, EventSiloSettings settings)
    {
        streams.ConfigureSqs(options => options.Configure(sqs =>
        {
            sqs.ConnectionString = $"Service={settings.Sqs}";
            sqs.FifoQueue = settings.IsFifo;
            sqs.VisibilityTimeoutSeconds = VisibilitySeconds;
        }));
        streams.ConfigurePartitioning(Queues);
        streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
        streams.Configure<SqsStreamOptions>(options => options.Configure(static sqs => sqs.EventId = static item => (item as Order)?.EventId));
    }

    private static bool IsOfAnother(Type grainClass, EventService service) => service switch
    {
        EventService.Publishing => grainClass == typeof(OrderConsumerGrain),
        EventService.Consuming => grainClass == typeof(OrderPublisherGrain) || grainClass == typeof(OrderDeadLettersGrain),
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "No such service."),
    };
}
