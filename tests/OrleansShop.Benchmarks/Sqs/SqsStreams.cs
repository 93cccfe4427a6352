using System.Diagnostics;
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
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Testing.Sqs;
using Provided = OrleansShop.Engine.Sqs.Streams.SqsStreams;

namespace OrleansShop.Benchmarks.Sqs;

/// <summary>
/// Events through queues of the emulator to grains, beside the bare client, which sends, receives and deletes the same messages in as many queues, with as many under way and as many calls
/// at once, in one process and one emulator: with their attributes, and the bodies alone. The client's batches are as full as they can be.
/// </summary>
internal sealed class SqsStreams : IBenchmark
{
    private const int Queues = 4;
    private const int CallsAtOnce = 4;
    private const int Publishers = 256;
    private const string Provider = "Sqs";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public string Name => "sqs-streams";

    public string Question => "events/s from publisher to handler through 4 queues of the emulator, beside the bare client's batches; latency at 20 events/s; calls for each event";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var server = await SqsServer.StartAsync();
        using var client = new SqsClient(new SqsClientOptions { Service = server.Endpoint, CallTimeout = TimeSpan.FromSeconds(30) }, NullLogger<SqsClient>.Instance, TimeProvider.System);
        using var calls = new Expenses.Counter();
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

        // The bare client sends what the provider sends: once the body alone, once with its attributes.
        var alike = host.Services.GetRequiredKeyedService<Provided>(Provider).ToSend<MeteredEvent>(streams[0].StreamId, [MeteredEvent.Now()], token: null, requestContext: null, eventId: null);
        var body = new SqsOutgoing(alike.Body);

        // Each once before, so that what is measured is compiled, here and in the emulator.
        await BareAsync(client, "first", alike, calls, options, cancellationToken);
        await EventsAsync(streams, calls, options, cancellationToken);
        var bare = await BareAsync(client, "bare", body, calls, options, cancellationToken);
        var same = await BareAsync(client, "same", alike, calls, options, cancellationToken);
        var events = await EventsAsync(streams, calls, options, cancellationToken);
        var latencies = await LatenciesAsync(streams, options, cancellationToken);
        await host.StopAsync(cancellationToken);
        return
        [
            new("bare client, a body alone: sent, received and deleted", bare.Rate, "events/s"),
            new("bare client, with attributes: sent, received and deleted", same.Rate, "events/s"),
            new("streams: published and handled", events.Rate, "events/s"),
            new("streams as a share of the bare client, a body alone", events.Rate / bare.Rate, "ratio"),
            new("streams as a share of the bare client, with attributes", events.Rate / same.Rate, "ratio"),
            new("bytes of a message with attributes", MessageRules.SizeInBytes(alike), "B"),
            .. bare.Figures("bare, a body alone"),
            .. same.Figures("bare, with attributes"),
            .. events.Figures("streams"),
            new("publish to handler at 20 events/s, p50", Percentile(latencies, 0.50), "ms"),
            new("publish to handler at 20 events/s, p99", Percentile(latencies, 0.99), "ms"),
        ];
    }

    private static async Task<Spent> BareAsync(SqsClient client, string name, SqsOutgoing message, Expenses.Counter calls, RoundOptions options, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loops = new List<BareQueue>();
        for (var i = 0; i < Queues; i++) loops.Add(new BareQueue(client, await client.CreateQueueAsync($"{name}-{i}", cancellationToken: cancellationToken), message, Publishers / Queues));
        var work = loops.Select(loop => loop.RunAsync(CallsAtOnce, ending.Token)).ToArray();
        var spent = await MeasureAsync(() => loops.Sum(static loop => loop.Done), calls, options, cancellationToken);
        await ending.CancelAsync();
        await Task.WhenAll(work);
        return spent;
    }

    private static async Task<Spent> EventsAsync(IAsyncStream<MeteredEvent>[] streams, Expenses.Counter calls, RoundOptions options, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // As many events are under way as there are publishers.
        var work = streams.Select((stream, key) => Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                var handled = MeteredGrain.NextOf(key);
                await stream.OnNextAsync(MeteredEvent.Now());
                await handled;
            }
        })).ToArray();
        var spent = await MeasureAsync(static () => MeteredGrain.Handled, calls, options, cancellationToken);
        await ending.CancelAsync();
        await Task.WhenAll(work).WaitAsync(s_patience, CancellationToken.None);
        return spent;
    }

    private static async Task<Spent> MeasureAsync(Func<long> done, Expenses.Counter calls, RoundOptions options, CancellationToken cancellationToken)
    {
        await Task.Delay(options.WarmUp, cancellationToken);
        var (startedAt, doneBefore, spentBefore) = (Stopwatch.GetTimestamp(), done(), Expenses.Now(calls));
        await Task.Delay(options.Duration, cancellationToken);
        var spent = Expenses.Now(calls) - spentBefore;
        return new Spent(done() - doneBefore, Stopwatch.GetElapsedTime(startedAt).TotalSeconds, spent);
    }

    private static async Task<List<double>> LatenciesAsync(IAsyncStream<MeteredEvent>[] streams, RoundOptions options, CancellationToken cancellationToken)
    {
        MeteredGrain.Latencies.Clear();
        MeteredGrain.KeepsLatencies = true;
        var until = Stopwatch.GetTimestamp() + (long)(options.Duration.TotalSeconds * 2 * Stopwatch.Frequency);
        for (var i = 0; Stopwatch.GetTimestamp() < until; i++)
        {
            await streams[i % streams.Length].OnNextAsync(MeteredEvent.Now());
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        MeteredGrain.KeepsLatencies = false;
        return [.. MeteredGrain.Latencies.Order()];
    }

    private static double Percentile(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];

    /// <summary>What so many events have cost in so many seconds.</summary>
    private sealed record Spent(long Events, double Seconds, Expenses All)
    {
        private static readonly string[] s_operations = ["SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility"];

        public double Rate => Events / Seconds;

        public IEnumerable<Measurement> Figures(string of)
        {
            yield return new($"{of}: processor, this process", All.Microseconds / Events, "µs/event");
            yield return new($"{of}: processor, emulator", All.EmulatorMicroseconds / Events, "µs/event");
            yield return new($"{of}: allocated", All.Bytes / (double)Events, "B/event");
            yield return new($"{of}: calls", All.AllCalls / (double)Events, "calls");
            foreach (var operation in s_operations) yield return new($"{of}: {operation}", All.CallsOf(operation) / (double)Events, "calls");
        }
    }
}
