using OrleansShop.Engine.Processes.Tests.Grains;
using OrleansShop.Engine.Processes.Tests.Silos;
using OrleansShop.Testing.Processes;
using Xunit;

namespace OrleansShop.Engine.Processes.Tests;

/// <summary>Streams in memory over silos that share no memory.</summary>
public sealed class StreamProcessTests
{
    [Fact]
    public async Task Events_of_one_process_and_of_a_client_reach_subscribers_in_two_others_once_and_in_order()
    {
        await using var cluster = await SiloProcesses.StartAsync(3);
        var publisher = await cluster.GrainIn<IPublisherGrain>(cluster.Silos[0], "publisher");
        var streams = new List<string>();
        foreach (var name in new[] { "a", "b", "c" }) streams.Add(await Stream(cluster, name, cluster.Silos[1], cluster.Silos[2]));
        foreach (var stream in streams) await cluster.Client.GetGrain<ISubscriberGrain>(stream).Subscribe();

        await Task.WhenAll(streams.Select(async stream =>
        {
            for (var number = 0; number < 20; number++) await publisher.Publish(stream, number);
            for (var number = 20; number < 30; number++) await Numbers.Of(cluster.Client.GetStreamProvider(SiloProgram.Streams), stream).OnNextAsync(number);
        }));

        foreach (var stream in streams)
        {
            await Taken(cluster, Numbers.Implicit(stream), Enumerable.Range(0, 30));
            await Taken(cluster, Numbers.Explicit(stream), Enumerable.Range(0, 30));
        }

        Assert.All(cluster.Ledger, line => Assert.Equal(line.Grain.StartsWith("implicit", StringComparison.Ordinal) ? cluster.Silos[1].Id : cluster.Silos[2].Id, line.ProcessId));
    }

    [Fact]
    public async Task A_process_that_stops_loses_and_repeats_no_event()
    {
        await using var cluster = await SiloProcesses.StartAsync(3);
        var publisher = await cluster.GrainIn<IPublisherGrain>(cluster.Silos[0], "publisher");

        // On so many streams that the process owns queues of some.
        var streams = Enumerable.Range(0, 12).Select(static i => $"stream-{i}").ToList();
        foreach (var stream in streams) await cluster.Client.GetGrain<ISubscriberGrain>(stream).Subscribe();
        using var ending = new CancellationTokenSource();
        var published = streams.ToDictionary(static stream => stream, static _ => 0);
        var publishing = streams.Select(async stream =>
        {
            var number = 0;
            while (!ending.IsCancellationRequested || number < 50) await publisher.Publish(stream, number++);
            lock (published) published[stream] = number;
        }).ToList();
        await cluster.Eventually(() => cluster.Ledger.Count > 100, "events flow");

        await cluster.StopAsync(cluster.Silos[2]);
        await ending.CancelAsync();
        await Task.WhenAll(publishing);

        foreach (var stream in streams)
        {
            await Taken(cluster, Numbers.Implicit(stream), Enumerable.Range(0, published[stream]));
            await Taken(cluster, Numbers.Explicit(stream), Enumerable.Range(0, published[stream]));
        }

        Assert.Equal(3, cluster.Ledger.Select(static line => line.ProcessId).Distinct().Count());
    }

    [Fact]
    public async Task When_the_process_of_the_subscribers_is_killed_they_go_on_in_another_one()
    {
        await using var cluster = await SiloProcesses.StartAsync(3);
        var publisher = await cluster.GrainIn<IPublisherGrain>(cluster.Silos[0], "publisher");
        var stream = await Stream(cluster, "killed", cluster.Silos[2], cluster.Silos[2]);
        await cluster.Client.GetGrain<ISubscriberGrain>(stream).Subscribe();
        for (var number = 0; number < 10; number++) await publisher.Publish(stream, number);
        await Taken(cluster, Numbers.Implicit(stream), Enumerable.Range(0, 10));
        await Taken(cluster, Numbers.Explicit(stream), Enumerable.Range(0, 10));

        var killed = cluster.Silos[2];
        await cluster.KillAsync(killed);

        // What is published until the others have noticed may be lost with the process, or come twice, as the publisher repeats it.
        var next = 10;
        await cluster.Eventually(
            async () =>
            {
                await Published(publisher, stream, next++);
                return TakenAfter(Numbers.Implicit(stream), 10) && TakenAfter(Numbers.Explicit(stream), 10);
            },
            "both subscribers live again");
        var first = next;
        for (; next < first + 20; next++) await publisher.Publish(stream, next);

        foreach (var subscriber in new[] { Numbers.Implicit(stream), Numbers.Explicit(stream) })
        {
            await cluster.Eventually(() => TakenAfter(subscriber, next - 1), "the last event came");
            var since = cluster.Ledger.Where(line => line.Grain == subscriber && Number(line) >= first).ToList();
            Assert.Equal(Enumerable.Range(first, 20), since.Select(Number));
            Assert.DoesNotContain(since, line => line.ProcessId == killed.Id);
        }

        bool TakenAfter(string subscriber, int number) => cluster.Ledger.Any(line => line.Grain == subscriber && Number(line) >= number);
    }

    private static async Task<string> Stream(SiloProcesses cluster, string begin, ServiceProcess ofImplicit, ServiceProcess ofExplicit)
    {
        for (var i = 0; ; i++)
        {
            var key = $"{begin}-{i}";
            if (await cluster.Client.GetGrain<ISubscriberGrain>(key).ProcessId() == ofExplicit.Id && await cluster.Client.GetGrain<IImplicitSubscriberGrain>(key).ProcessId() == ofImplicit.Id)
                return key;
        }
    }

    // A call to a silo that dies has an unknown outcome: the publisher repeats it, as applications do.
    private static Task<int> Published(IPublisherGrain publisher, string stream, int number) => Eventually.Gets(
        async () =>
        {
            await publisher.Publish(stream, number);
            return number;
        },
        static failure => failure is SiloUnavailableException or TimeoutException);

    private static async Task Taken(SiloProcesses cluster, string subscriber, IEnumerable<int> numbers)
    {
        var wanted = numbers.ToList();
        await cluster.Eventually(() => TakenBy(cluster, subscriber).Count >= wanted.Count, $"{subscriber} has taken {wanted.Count} events");
        Assert.Equal(wanted, TakenBy(cluster, subscriber));
    }

    private static List<int> TakenBy(SiloProcesses cluster, string subscriber) => [.. cluster.Ledger.Where(line => line.Grain == subscriber).Select(Number)];

    private static int Number(LedgerLine line) => int.Parse(line.Text, System.Globalization.CultureInfo.InvariantCulture);
}
