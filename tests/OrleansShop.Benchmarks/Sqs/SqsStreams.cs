using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Streams;
using OrleansShop.Benchmarks.Engine;
using OrleansShop.Benchmarks.Running;
using OrleansShop.Engine.Sqs;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Testing.Sqs;

namespace OrleansShop.Benchmarks.Sqs;

/// <summary>
/// Events through queues of the emulator to grains, beside the bare client, which sends, receives and deletes messages of the same size in as many queues, with as many under way and as many calls
/// at once, in one process and one emulator. The client's batches are as full as they can be.
/// </summary>
internal sealed class SqsStreams : IBenchmark
{
    private const int Queues = 4;
    private const int CallsAtOnce = 4;
    private const int Publishers = 256;
    private const string Provider = "Sqs";

    public string Name => "sqs-streams";

    public string Question => "events/s from publisher to handler through 4 queues of the emulator, beside the bare client's batches; latency at 20 events/s; calls for each event";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var server = await SqsServer.StartAsync();
        using var client = new SqsClient(new SqsClientOptions { Service = server.Endpoint, CallTimeout = TimeSpan.FromSeconds(30) }, NullLogger<SqsClient>.Instance, TimeProvider.System);
        var bare = await BareAsync(client, options, cancellationToken);

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort())
            .AddMemoryGrainStorage("PubSubStore")
            .AddSqsStreams(Provider, (SiloSqsStreamConfigurator streams) =>
            {
                streams.ConfigureSqs(sqs => sqs.Configure(configured => configured.ConnectionString = $"Service={server.Endpoint}"));
                streams.ConfigurePartitioning(Queues);
                streams.Configure<StreamPubSubOptions>(pubSub => pubSub.Configure(static configured => configured.PubSubType = StreamPubSubType.ImplicitOnly));
            }));
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var provider = host.Services.GetRequiredKeyedService<IStreamProvider>(Provider);
        var streams = Enumerable.Range(0, Publishers).Select(key => provider.GetStream<MeteredEvent>(StreamId.Create(MeteredGrain.Namespace, key))).ToArray();

        using var calls = new SqsCalls();
        var (events, callsPerEvent) = await EventsAsync(streams, calls, options, cancellationToken);
        var latencies = await LatenciesAsync(streams, options, cancellationToken);
        await host.StopAsync(cancellationToken);
        return
        [
            new("bare client: sent, received and deleted", bare, "events/s"),
            new("streams: published and handled", events, "events/s"),
            new("streams as a share of the bare client", events / bare, "ratio"),
            new("calls to SQS for each event, busy", callsPerEvent, "calls"),
            new("publish to handler at 20 events/s, p50", Percentile(latencies, 0.50), "ms"),
            new("publish to handler at 20 events/s, p99", Percentile(latencies, 0.99), "ms"),
        ];
    }

    private static async Task<double> BareAsync(SqsClient client, RoundOptions options, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loops = new List<BareQueue>();
        for (var i = 0; i < Queues; i++) loops.Add(new BareQueue(client, await client.CreateQueueAsync($"bare-{i}", cancellationToken: cancellationToken), Publishers / Queues));
        var work = loops.Select(loop => loop.RunAsync(CallsAtOnce, ending.Token)).ToArray();
        await Task.Delay(options.WarmUp, cancellationToken);
        var (startedAt, before) = (Stopwatch.GetTimestamp(), loops.Sum(static loop => loop.Done));
        await Task.Delay(options.Duration, cancellationToken);
        var rate = (loops.Sum(static loop => loop.Done) - before) / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        await ending.CancelAsync();
        await Task.WhenAll(work);
        return rate;
    }

    private static async Task<(double EventsPerSecond, double CallsPerEvent)> EventsAsync(IAsyncStream<MeteredEvent>[] streams, SqsCalls calls, RoundOptions options, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // As many events are under way as there are publishers.
        var work = streams.Select((stream, key) => Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                var handled = MeteredGrain.NextOf(key);
                await stream.OnNextAsync(MeteredEvent.Now());
                await handled.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
            }
        })).ToArray();
        await Task.Delay(options.WarmUp, cancellationToken);
        var (startedAt, handled, called) = (Stopwatch.GetTimestamp(), MeteredGrain.Handled, calls.Count);
        await Task.Delay(options.Duration, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        var (events, count) = (MeteredGrain.Handled - handled, calls.Count - called);
        await ending.CancelAsync();
        await Task.WhenAll(work);
        return (events / seconds, count / (double)Math.Max(1, events));
    }

    private static async Task<List<double>> LatenciesAsync(IAsyncStream<MeteredEvent>[] streams, RoundOptions options, CancellationToken cancellationToken)
    {
        MeteredGrain.Latencies.Clear();
        var until = Stopwatch.GetTimestamp() + (long)(options.Duration.TotalSeconds * 2 * Stopwatch.Frequency);
        for (var i = 0; Stopwatch.GetTimestamp() < until; i++)
        {
            await streams[i % streams.Length].OnNextAsync(MeteredEvent.Now());
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        return [.. MeteredGrain.Latencies.Order()];
    }

    private static double Percentile(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];

    /// <summary>Counts tries of calls to SQS.</summary>
    private sealed class SqsCalls : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public SqsCalls()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "sqs.calls") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _count, count));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
