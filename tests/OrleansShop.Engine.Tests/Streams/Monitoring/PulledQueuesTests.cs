using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Streams;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Streams.Monitoring;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams.Monitoring;

/// <summary>What operators and dashboards see of queues.</summary>
public sealed class PulledQueuesTests
{
    private readonly string _name = Inbox.NewName();

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Fact]
    public async Task A_queue_tells_what_is_given_out_and_how_old_the_oldest_is()
    {
        await using var silo = await StreamSilo.Start(static streams => streams.ConfigurePartitioning(1));
        var stuck = new TaskCompletionSource();
        Inbox.Behave(_name, _ => stuck.Task);
        await silo.Subscriber(_name).Subscribe(Stream, "stuck");
        var reports = silo.Services.GetRequiredService<IQueueReports>();
        for (var i = 0; i < 3; i++)
            await silo.Stream<string>(Stream).OnNextAsync($"{i}");

        await Eventually.Holds(async () => Assert.Single(await reports.ReadAsync(default)).Statistics is { Depth: 0, InFlight: 3, DeadLetters: null }, "all are given out");
        var first = Assert.Single(await reports.ReadAsync(default));
        await Eventually.Holds(async () => Assert.Single(await reports.ReadAsync(default)).Statistics!.OldestAge > first.Statistics!.OldestAge, "it grows older");
        Assert.Equal("Memory", first.Provider);

        stuck.SetResult();
        await Eventually.Holds(async () => Assert.Single(await reports.ReadAsync(default)).Statistics is { Depth: 0, InFlight: 0 } empty && empty.OldestAge == TimeSpan.Zero, "it is empty");
    }

    [Fact]
    public async Task Messages_wait_when_the_agent_has_no_room_for_them()
    {
        await using var silo = await StreamSilo.Start(static streams =>
        {
            streams.ConfigurePartitioning(1);
            streams.Configure<Orleans.Configuration.SimpleQueueCacheOptions>(static cache => cache.Configure(static options => options.CacheSize = 2));
        });
        var stuck = new TaskCompletionSource();
        Inbox.Behave(_name, _ => stuck.Task);
        await silo.Subscriber(_name).Subscribe(Stream, "stuck");
        for (var i = 0; i < 5; i++)
            await silo.Stream<string>(Stream).OnNextAsync($"{i}");

        var reports = silo.Services.GetRequiredService<IQueueReports>();
        await Eventually.Holds(async () => Assert.Single(await reports.ReadAsync(default)).Statistics is { Depth: 3, InFlight: 2 }, "two are given out");
        stuck.SetResult();
        await Inbox.Has(_name, 5);
    }

    [Fact]
    public async Task Gauges_show_it_by_provider_and_queue()
    {
        await using var silo = await StreamSilo.Start(static streams => streams.ConfigurePartitioning(1));
        var stuck = new TaskCompletionSource();
        Inbox.Behave(_name, _ => stuck.Task);
        await silo.Subscriber(_name).Subscribe(Stream, "stuck");
        await silo.Stream<string>(Stream).OnNextAsync("one");
        var reports = silo.Services.GetRequiredService<IQueueReports>();
        await Eventually.Holds(async () => Assert.Single(await reports.ReadAsync(default)).Statistics is { InFlight: 1 }, "it is given out");
        var queue = Assert.Single(await reports.ReadAsync(default)).Queue;
        var shown = new Dictionary<string, double>();
        using var listener = Listen(silo.Services.GetRequiredService<EngineMetrics>().Meter, (name, tags, value) =>
        {
            if (tags.SequenceEqual([new("name", "Memory"), new("queue", queue)]))
                shown[name] = value;
        });

        await Eventually.Holds(
            () =>
            {
                listener.RecordObservableInstruments();
                return shown.Count == 3;
            },
            "the gauges show the queue");

        Assert.Equal((0, 1), (shown["orleans-streams-queue-depth"], shown["orleans-streams-queue-in-flight"]));
        Assert.True(shown["orleans-streams-queue-oldest-age"] >= 0);
        stuck.SetResult();
    }

    [Fact]
    public async Task A_queue_that_fails_or_cannot_tell_is_reported_with_the_reason_beside_the_others()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var metrics = new EngineMetrics(services.GetRequiredService<IMeterFactory>());
        var queues = new PulledQueues(metrics, TimeProvider.System, NullLogger<PulledQueues>.Instance);
        var (good, bad, dumb) = (new Receiver(static () => new QueueStatistics(1, 2, TimeSpan.FromSeconds(3), 4)), new Receiver(static () => throw new IOException("access denied")), new DumbReceiver());
        queues.Add("p", QueueId.GetQueueId("q", 0, 1), good);
        queues.Add("p", QueueId.GetQueueId("q", 1, 2), bad);
        queues.Add("p", QueueId.GetQueueId("q", 2, 3), dumb);

        var reports = await queues.ReadAsync(default);

        Assert.Equal([new QueueStatistics(1, 2, TimeSpan.FromSeconds(3), 4), null, null], reports.Select(static report => report.Statistics));
        Assert.Null(reports[0].Problem);
        Assert.Contains("access denied", reports[1].Problem, StringComparison.Ordinal);
        Assert.NotNull(reports[2].Problem);

        queues.Remove("p", QueueId.GetQueueId("q", 0, 1), bad);
        Assert.Equal(3, (await queues.ReadAsync(default)).Count);
        queues.Remove("p", QueueId.GetQueueId("q", 0, 1), good);
        Assert.Equal(2, (await queues.ReadAsync(default)).Count);
    }

    private static MeterListener Listen(Meter meter, Action<string, KeyValuePair<string, object?>[], double> show)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meter && instrument.Name.StartsWith("orleans-streams-queue-", StringComparison.Ordinal) && instrument.IsObservable)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => show(instrument.Name, tags.ToArray(), value));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => show(instrument.Name, tags.ToArray(), value));
        listener.Start();
        return listener;
    }

    private class DumbReceiver : IQueueAdapterReceiver
    {
        public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

        public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => Task.FromResult<IList<IBatchContainer>>([]);

        public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

        public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;
    }

    private sealed class Receiver(Func<QueueStatistics> read) : DumbReceiver, IQueueStatistics
    {
        public ValueTask<QueueStatistics> ReadAsync(CancellationToken cancellationToken) => new(read());
    }
}
