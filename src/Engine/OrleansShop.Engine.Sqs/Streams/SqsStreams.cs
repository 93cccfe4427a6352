using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Streaming.SQS.Streams;
using Orleans.Streams;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Engine.Sqs.Streams.Adapting;
using OrleansShop.Engine.Sqs.Streams.Hosting;
using OrleansShop.Engine.Sqs.Streams.LargePayloads;
using OrleansShop.Engine.Sqs.Streams.Publishing;
using OrleansShop.Engine.Sqs.Streams.Queues;
using OrleansShop.Engine.Sqs.Streams.Receiving;

namespace OrleansShop.Engine.Sqs.Streams;

/// <summary>One provider of streams over SQS in one process: its client, its queues, and what is out of them.</summary>
internal sealed class SqsStreams : IDisposable
{
    private readonly ConcurrentDictionary<QueueId, QueuePublisher> _publishers = new();
    private readonly CancellationTokenSource _closing = new();

    // Null if the application has its own.
    private readonly SqsDataAdapter? _usualAdapter;

    public SqsStreams(IServiceProvider services, string name)
    {
        Name = name;
        Sqs = services.GetRequiredService<IOptionsMonitor<SqsOptions>>().Get(name);
        Options = services.GetRequiredService<IOptionsMonitor<SqsStreamOptions>>().Get(name);
        Time = services.GetRequiredService<TimeProvider>();
        Loggers = services.GetRequiredService<ILoggerFactory>();
        LastCalls = services.GetRequiredKeyedService<LastCalls>(name);
        RestAfterNothing = services.GetRequiredService<IOptionsMonitor<StreamPullingAgentOptions>>().Get(name).GetQueueMsgsTimerPeriod;
        Closed = _closing.Token;

        // Publishers who wait get their order; others have none to be kept.
        var connection = new SqsClientOptions { MaxMessageBytes = Options.MaxMessageBytes, KeepsGroupOrder = false };
        if (SqsConnectionString.Read(Sqs.ConnectionString, connection) is { } wrong)
            throw new OrleansConfigurationException($"SqsOptions.ConnectionString of stream provider \"{name}\" {wrong}.");
        Client = new SqsClient(connection, Loggers.CreateLogger<SqsClient>(), Time);
        Queues = new StreamQueues(name, services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId, Client, Sqs, Options, Loggers.CreateLogger<StreamQueues>());
        ClaimChecks = Options.ClaimCheckBucket is { } bucket ? new ClaimChecks(bucket, connection, Options) : null;
        CustomAdapter = services.GetKeyedService<ISQSDataAdapter>(name);
        if (CustomAdapter is null) _usualAdapter = ActivatorUtilities.CreateInstance<SqsDataAdapter>(services, OrleansShop.Engine.Streams.Memory.MemoryBodies.SerializerOf(services, name));
        Mapper = new HashRingBasedStreamQueueMapper(services.GetRequiredService<IOptionsMonitor<HashRingStreamQueueMapperOptions>>().Get(name), name.ToLowerInvariant());
    }

    public string Name { get; }

    public SqsOptions Sqs { get; }

    public SqsStreamOptions Options { get; }

    public SqsClient Client { get; }

    /// <summary>Keeps what is too large for SQS; null if there is no bucket.</summary>
    public ClaimChecks? ClaimChecks { get; }

    public StreamQueues Queues { get; }

    public HashRingBasedStreamQueueMapper Mapper { get; }

    /// <summary>What is sent for events.</summary>
    public SqsOutgoing ToSend<T>(StreamId stream, IReadOnlyCollection<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext, string? eventId) => _usualAdapter is { } usual
        ? StreamMessages.ToSend(usual.Write(stream, events, requestContext), stream, eventId, Sqs.FifoQueue)
        : StreamMessages.ToSend(CustomAdapter!.ToQueueMessage(stream, events, token, requestContext), stream, eventId, Sqs.FifoQueue);

    /// <summary>What agents get of a message that was received.</summary>
    /// <param name="message">The message.</param>
    /// <param name="body">Its body, wherever that was.</param>
    /// <param name="sequence">The number of its token.</param>
    public IBatchContainer ToRead(SqsMessage message, string body, long sequence) => _usualAdapter is { } usual
        ? usual.Read(message.Attributes.GetValueOrDefault(AttributeNames.Schema), body, sequence)
        : CustomAdapter!.FromQueueMessage(StreamMessages.ToRead(message, body), sequence);

    /// <summary>The application's own adapter; null if it is the usual one.</summary>
    public ISQSDataAdapter? CustomAdapter { get; }

    /// <summary>What each message that an agent has was when it was received.</summary>
    public HandedOutMessages HandedOut { get; } = new();

    public TimeProvider Time { get; }

    public ILoggerFactory Loggers { get; }

    /// <summary>Calls that outlast their agents.</summary>
    public LastCalls LastCalls { get; }

    /// <summary>The pause after a receive that neither waits nor finds anything.</summary>
    public TimeSpan RestAfterNothing { get; }

    /// <summary>Cancelled when the process is done with the provider: what is under way then is cut off.</summary>
    public CancellationToken Closed { get; }

    public QueuePublisher PublisherOf(QueueId queue) =>
        _publishers.GetOrAdd(queue, static (key, streams) => new QueuePublisher(streams.Client, streams.Queues, key, streams.Options), this);

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
        Client.Dispose();
        ClaimChecks?.Dispose();
    }
}
