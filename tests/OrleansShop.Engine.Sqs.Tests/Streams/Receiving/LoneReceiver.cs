using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Streaming.SQS.Streams;
using OrleansShop.Engine.Sqs.Streams;
using OrleansShop.Engine.Sqs.Streams.Hosting;
using OrleansShop.Engine.Sqs.Streams.Receiving;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;

namespace OrleansShop.Engine.Sqs.Tests.Streams.Receiving;

/// <summary>A receiver without an agent, whose queue gives out what the test says.</summary>
internal sealed class LoneReceiver : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ConcurrentQueue<(string ReceiptHandle, int Seconds)> _hidden = new();
    private readonly ConcurrentQueue<string> _receives = new();
    private readonly CancellationTokenSource _agent = new();
    private readonly List<Task> _asked = [];

    private LoneReceiver(FaultProxy proxy, ServiceProvider services, RecordedLog log)
    {
        (Proxy, _services, Log) = (proxy, services, log);
        Streams = services.GetRequiredKeyedService<SqsStreams>(StreamCluster.Provider);
        Receiver = new SqsReceiver(Streams, Streams.Mapper.GetAllQueues().Single());
    }

    public FaultProxy Proxy { get; }

    public SqsStreams Streams { get; }

    public SqsReceiver Receiver { get; }

    public RecordedLog Log { get; }

    /// <summary>Which messages were hidden for how many seconds, in the order in which SQS was told.</summary>
    public IReadOnlyList<(string ReceiptHandle, int Seconds)> Hidden => [.. _hidden];

    /// <summary>The receives that came, as they were sent.</summary>
    public IReadOnlyList<string> Receives => [.. _receives];

    /// <summary>What SQS says of messages whose visibility is changed; null if it does as it is told.</summary>
    public Func<string, string?> Refusal { get; set; } = static _ => null;

    public static async Task<LoneReceiver> StartAsync(SqsFixture fixture, bool isFifo = true, int waitSeconds = 1, TimeProvider? time = null, Action<SqsStreamOptions>? configure = null)
    {
        var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        var log = new RecordedLog();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddKeyedSingleton<ISQSDataAdapter>(StreamCluster.Provider, new PlainAdapter());
        services.Configure<ClusterOptions>(static cluster => cluster.ServiceId = StreamCluster.NewService());
        services.Configure<SqsOptions>(StreamCluster.Provider, sqs =>
            (sqs.ConnectionString, sqs.FifoQueue, sqs.VisibilityTimeoutSeconds, sqs.ReceiveWaitTimeSeconds) = ($"Service={proxy.Endpoint}", isFifo, 600, waitSeconds));
        services.Configure<HashRingStreamQueueMapperOptions>(StreamCluster.Provider, static mapper => mapper.TotalQueueCount = 1);
        services.Configure<SqsStreamOptions>(StreamCluster.Provider, options => configure?.Invoke(options));
        SqsStreamServices.Add(services, StreamCluster.Provider);
        var lone = new LoneReceiver(proxy, services.BuildServiceProvider(), log);
        proxy.PlanAlways("ChangeMessageVisibilityBatch", lone.ChangeVisibility);
        proxy.PlanAlways("ReceiveMessage", lone.WaitInVain);
        await lone.Receiver.Initialize(TimeSpan.FromSeconds(60));
        return lone;
    }

    /// <summary>Has the next receive answered with messages, when the test says so.</summary>
    public void Give(Task when, params ScriptedMessage[] messages) => Proxy.Plan("ReceiveMessage", async (request, _) =>
    {
        _receives.Enqueue(FaultProxy.BodyOf(request));
        await when;
        return Answer(JsonSerializer.Serialize(new { Messages = messages.Select(static message => message.ToJson()) }));
    });

    /// <summary>Has the answer of the next receive lost, when the test says so.</summary>
    public void Lose(Task when) => Proxy.Plan("ReceiveMessage", async (request, _) =>
    {
        _receives.Enqueue(FaultProxy.BodyOf(request));
        await when;
        return null;
    });

    /// <summary>Asks as an agent does, and does not wait for messages.</summary>
    public void Ask() => _asked.Add(Receiver.GetQueueMessagesAsync(100, _agent.Token));

    /// <summary>Stops as an agent does.</summary>
    public async Task Stop()
    {
        await _agent.CancelAsync();
        await Task.WhenAll(_asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Receiver.Shutdown(TimeSpan.FromSeconds(30));
    }

    /// <summary>The bodies of what an agent would get next.</summary>
    public async Task<List<string>> Pull(int count)
    {
        List<string> bodies = [];
        await Eventually.Holds(
            async () =>
            {
                bodies.AddRange((await Receiver.GetQueueMessagesAsync(100, CancellationToken.None)).Cast<PlainBatch>().Select(static batch => batch.Body));
                return bodies.Count >= count;
            },
            $"{count} messages have come");
        return bodies;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_agent.IsCancellationRequested) await Stop();
        _agent.Dispose();
        await Eventually.Holds(() => Streams.LastCalls.Count == 0, "nothing is under way");
        await _services.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    private static ProxiedAnswer Answer(string json) => new(HttpStatusCode.OK, "application/x-amz-json-1.0", Encoding.UTF8.GetBytes(json));

    private async Task<ProxiedAnswer?> WaitInVain(Microsoft.AspNetCore.Http.HttpRequest request, Func<Task<ProxiedAnswer>> forward)
    {
        _receives.Enqueue(FaultProxy.BodyOf(request));
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        return Answer("{}");
    }

    private Task<ProxiedAnswer?> ChangeVisibility(Microsoft.AspNetCore.Http.HttpRequest request, Func<Task<ProxiedAnswer>> forward)
    {
        using var call = JsonDocument.Parse(FaultProxy.BodyOf(request));
        List<object> taken = [], refused = [];
        foreach (var entry in call.RootElement.GetProperty("Entries").EnumerateArray())
        {
            var (id, handle) = (entry.GetProperty("Id").GetString()!, entry.GetProperty("ReceiptHandle").GetString()!);
            _hidden.Enqueue((handle, entry.GetProperty("VisibilityTimeout").GetInt32()));
            if (Refusal(handle) is { } code) refused.Add(new { Id = id, Code = code, Message = "So the test says.", SenderFault = true });
            else taken.Add(new { Id = id });
        }

        return Task.FromResult<ProxiedAnswer?>(Answer(JsonSerializer.Serialize(new { Successful = taken, Failed = refused })));
    }
}
