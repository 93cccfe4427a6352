using OrleansShop.Engine.Sqs.Streams.Hosting;
using OrleansShop.Strangler.Events;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The queues of events in SQS.</summary>
internal static class SqsQueues
{
    public static void Add(ISiloBuilder silo, SqsSettings settings) => silo.AddSqsStreams(EventStreams.Provider, (SiloSqsStreamConfigurator streams) =>
    {
        streams.ConfigureSqs(options => options.Configure(sqs => (sqs.ConnectionString, sqs.FifoQueue) = (settings.ConnectionString, settings.Fifo)));
        streams.ConfigurePartitioning(settings.Queues);
        streams.Configure<SqsStreamOptions>(options => options.Configure(queues =>
        {
            (queues.CreateQueues, queues.ClaimCheckBucket) = (settings.CreateQueues, settings.ClaimCheckBucket);

            // What an outbox publishes again has the same two.
            queues.EventId = static item => item is CloudEvent known ? $"{known.Source} {known.Id}" : null;
        }));
    });
}
