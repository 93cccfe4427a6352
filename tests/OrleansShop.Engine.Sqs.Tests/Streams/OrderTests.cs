using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>The order of events, and that none is lost, whatever happens.</summary>
public sealed class OrderTests(SqsFixture fixture)
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(7)]
    [InlineData(1234)]
    public async Task On_FIFO_queues_subscribers_that_fail_at_random_get_every_event_in_order(int seed)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = true, MaxAttempts = 100, QueueCount = 2 });
        var names = await SubscribeMany(cluster, 4);
        var random = new Random(seed);
        foreach (var name in names)
        {
            Inbox.Behave(name, _ =>
            {
                lock (random)
                    return random.Next(5) == 0 ? throw new InvalidOperationException("by chance") : Task.CompletedTask;
            });
        }

        await Publish(cluster, names, count: 25);

        foreach (var name in names)
        {
            await Inbox.Has(name, 25);
            Assert.Equal(Enumerable.Range(0, 25).Select(static i => $"{i}"), Inbox.Of(name));
        }
    }

    [Fact]
    public async Task On_FIFO_queues_the_order_outlasts_a_silo_that_dies()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = true, Silos = 3, QueueCount = 3, VisibilitySeconds = 3 });
        var names = await SubscribeMany(cluster, 6);

        var publishing = Publish(cluster, names, count: 40);
        await Eventually.Holds(() => Inbox.Of(names[0]).Count >= 10, "some events have come");
        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[^1]);
        await publishing;

        // An event may come twice: its delivery, or its deletion, may have been under way. The first times are in order.
        foreach (var name in names)
        {
            await Eventually.Holds(() => Inbox.Of(name).Distinct().Count() == 40, $"{name} has all");
            Assert.Equal(Enumerable.Range(0, 40).Select(static i => $"{i}"), Inbox.Of(name).Distinct());
        }
    }

    [Fact]
    public async Task On_standard_queues_no_event_is_lost_with_a_silo_that_dies()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { Silos = 3, QueueCount = 3, VisibilitySeconds = 3 });
        var names = await SubscribeMany(cluster, 6);

        var publishing = Publish(cluster, names, count: 60);
        await Eventually.Holds(() => Inbox.Of(names[0]).Count >= 10, "some events have come");
        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[^1]);
        await publishing;

        foreach (var name in names) await Eventually.Holds(() => Inbox.Of(name).Distinct().Count() == 60, $"{name} has all");
        for (var queue = 0; queue < 3; queue++) await Eventually.Holds(() => cluster.IsEmpty(queue), $"queue {queue} is empty");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_silo_that_stops_gives_back_what_it_has_not_delivered(bool isFifo)
    {
        // If anything were not given back, the next agent would wait for ten minutes.
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo, Silos = 2, VisibilitySeconds = 600, MaxAttempts = 1000 });
        var isStuck = true;
        Inbox.Behave(_name, _ => Volatile.Read(ref isStuck) ? throw new InvalidOperationException("not yet") : Task.CompletedTask);
        var stream = StreamId.Create("explicit", _name);
        await cluster.Subscribe(_name, stream);
        for (var i = 0; i < 12; i++) await cluster.Stream(stream).OnNextAsync($"{i}");
        await Eventually.Holds(async () => (await cluster.Describe(0)).InFlight >= (isFifo ? 1 : 12), "the messages are held");

        // Whichever has the queue: both go, one after the other.
        await cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos[0]);
        await cluster.Cluster.StartAdditionalSiloAsync();
        await cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos[0]);
        Volatile.Write(ref isStuck, false);

        await Eventually.Holds(() => Inbox.Of(_name).Distinct().Count() == 12, "all were delivered");
        if (isFifo) Assert.Equal(Enumerable.Range(0, 12).Select(static i => $"{i}"), Inbox.Of(_name).Distinct());
    }

    private async Task<List<string>> SubscribeMany(StreamCluster cluster, int count)
    {
        var names = Enumerable.Range(0, count).Select(i => $"{_name}-{i}").ToList();
        foreach (var name in names) await cluster.Subscribe(name, StreamId.Create("explicit", name));
        return names;
    }

    private static Task Publish(StreamCluster cluster, List<string> names, int count) => Task.WhenAll(names.Select(async name =>
    {
        for (var i = 0; i < count; i++) await cluster.Stream(StreamId.Create("explicit", name)).OnNextAsync($"{i}");
    }));
}
