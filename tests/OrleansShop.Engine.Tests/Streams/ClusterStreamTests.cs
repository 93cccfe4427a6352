using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using Orleans.TestingHost;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Streams.Memory;
using OrleansShop.Engine.Streams.Pulling;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

/// <summary>Streams over several silos and a client outside.</summary>
public sealed class ClusterStreamTests
{
    private readonly string _name = Inbox.NewName();

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Fact]
    public async Task A_client_publishes_and_subscribes_and_its_subscription_ends_with_it()
    {
        await using var cluster = await Start(2);
        var taken = new ConcurrentQueue<string>();
        var stream = Of(cluster.Client, Stream);
        var handle = await stream.SubscribeAsync(new Collect(taken));
        await cluster.Client.GetGrain<ISubscriberGrain>(_name, typeof(SubscriberGrain).FullName).Subscribe(Stream, "grain");

        await stream.OnNextAsync("one");
        await Eventually.Holds(() => taken.Count == 1, "the client got its event");
        await Inbox.Has(_name, 1);
        Assert.Equal(handle.HandleId, Assert.Single(await stream.GetAllSubscriptionHandles()).HandleId);

        // The client goes without unsubscribing, and another one comes.
        await cluster.KillClientAsync();
        await cluster.InitializeClientAsync();
        var second = Of(cluster.Client, Stream);
        await second.OnNextAsync("two");
        await Inbox.Has(_name, 2);
        Assert.Equal(["one"], taken);
        Assert.Empty(await second.GetAllSubscriptionHandles());
    }

    [Fact]
    public async Task A_silo_that_stops_loses_and_repeats_no_event()
    {
        await using var cluster = await Start(3);
        var streams = await SubscribeToMany(cluster);
        await Publish(cluster, streams, from: 0, count: 20);

        var publishing = Publish(cluster, streams, from: 20, count: 40);
        await cluster.StopSiloAsync(cluster.Silos[^1]);
        await publishing;
        await Publish(cluster, streams, from: 60, count: 20);

        foreach (var stream in streams)
            await Inbox.Has(stream, 80);
        Assert.All(streams, static stream => Assert.Equal(Enumerable.Range(0, 80).Select(static i => $"s:{i}"), Inbox.Of(stream).Select(static text => text.Replace("resumed:", "s:", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_silo_that_dies_loses_no_event_that_another_silo_of_its_process_can_deliver()
    {
        await using var cluster = await Start(3);
        var streams = await SubscribeToMany(cluster);
        await Publish(cluster, streams, from: 0, count: 20);

        var publishing = Publish(cluster, streams, from: 20, count: 40);
        await cluster.KillSiloAsync(cluster.Silos[^1]);
        await publishing;
        await Publish(cluster, streams, from: 60, count: 20);

        await Checked(streams, 80);
    }

    [Fact]
    public async Task A_silo_of_another_process_hands_over_what_is_left_in_its_queues_when_it_stops()
    {
        // As in processes of their own: each silo's queues are in a memory that the others do not see.
        await using var cluster = await Start(2, static silo => silo.Services.AddSingleton(ProcessMemory.New()));
        var stuck = new TaskCompletionSource();
        var leaving = cluster.Silos[^1];
        var mapper = leaving.ServiceProvider.GetRequiredKeyedService<IQueueAdapterFactory>("Memory").GetStreamQueueMapper();
        var location = leaving.ServiceProvider.GetRequiredService<IGrainLocation>();
        var names = Enumerable.Range(0, 200).Select(i => $"{_name}-{i}")
            .Where(name => location.TryGetOwner(StreamAgentGrain.IdOf("Memory", mapper.GetQueueForStream(StreamId.Create("explicit", name))), out var owner) && owner.Equals(leaving.SiloAddress))
            .Take(3).ToList();
        Assert.NotEmpty(names);
        foreach (var name in names)
        {
            Inbox.Behave(name, text => stuck.Task.IsCompleted ? Task.CompletedTask : throw new InvalidOperationException("not yet"));
            await cluster.Client.GetGrain<ISubscriberGrain>(name, typeof(SubscriberGrain).FullName).Subscribe(StreamId.Create("explicit", name), "s");
            for (var i = 0; i < 10; i++)
                await Of(cluster.Client, StreamId.Create("explicit", name)).OnNextAsync($"{i}");
        }

        await cluster.StopSiloAsync(leaving);
        Assert.All(names, static name => Assert.Empty(Inbox.Of(name)));
        stuck.SetResult();
        foreach (var name in names)
            await Of(cluster.Client, StreamId.Create("explicit", name)).OnNextAsync("10");

        foreach (var name in names)
            await Inbox.Has(name, 11);
        Assert.All(names, static name => Assert.Equal(Enumerable.Range(0, 11).Select(static i => $"{i}"), Inbox.Of(name).Select(static text => text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..])));
    }

    [Fact]
    public async Task Each_queue_has_one_agent_in_the_cluster()
    {
        await using var cluster = await Start(3);

        await Eventually.Holds(() => Agents(cluster).Count == 8, "each queue has an agent");
        await cluster.StopSiloAsync(cluster.Silos[0]);
        await Eventually.Holds(() => Agents(cluster).Count == 8, "each queue has an agent again");
        Assert.Equal(8, Agents(cluster).Distinct().Count());
    }

    [Theory]
    [InlineData(17)]
    [InlineData(42)]
    public async Task Silos_come_and_go_and_every_subscriber_gets_every_accepted_event_in_order(int seed)
    {
        var random = new Random(seed);
        await using var cluster = await Start(2);
        var streams = await SubscribeToMany(cluster);
        using var ending = new CancellationTokenSource();
        var accepted = new ConcurrentDictionary<string, int>();
        var publishing = Task.WhenAll(streams.Select(async name =>
        {
            for (var i = 0; !ending.IsCancellationRequested; i++)
            {
                await PublishUntilAccepted(cluster, name, $"{i}");
                accepted[name] = i + 1;
            }
        }));

        for (var step = 0; step < 6; step++)
        {
            await Task.Delay(random.Next(50, 300));
            if (cluster.Silos.Count == 1 || (cluster.Silos.Count < 4 && random.Next(2) == 0))
                await cluster.StartAdditionalSiloAsync();
            else
                await cluster.StopSiloAsync(cluster.Silos[random.Next(cluster.Silos.Count)]);
        }

        await ending.CancelAsync();
        await publishing;
        foreach (var name in streams)
            await Checked([name], accepted[name]);
    }

    // Every event is there, and the first time each appears the order is that of publishing. An event may come more than once only after one that follows it did not yet.
    private static async Task Checked(IEnumerable<string> streams, int count)
    {
        foreach (var name in streams)
        {
            await Eventually.Holds(() => Numbers(name).Distinct().Count() >= count, $"{count} events arrived at {name}");
            Assert.Equal(Enumerable.Range(0, count), Numbers(name).Distinct());
        }
    }

    private static IEnumerable<int> Numbers(string name) => Inbox.Of(name).Select(static text => int.Parse(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture));

    private static List<GrainId> Agents(InProcessTestCluster cluster) =>
    [
        .. from silo in cluster.Silos
           from activation in silo.ServiceProvider.GetRequiredService<OrleansShop.Engine.Activations.ActivationCatalog>().All
           where activation.GrainId.Type == StreamAgentGrain.TypeOf("Memory")
           select activation.GrainId,
    ];

    private static async Task<InProcessTestCluster> Start(short silos, Action<ISiloBuilder>? more = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            StreamSilo.Configure(silo);
            more?.Invoke(silo);
        });
        builder.ConfigureClient(static client => client.AddMemoryStreams("Memory"));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private async Task<List<string>> SubscribeToMany(InProcessTestCluster cluster)
    {
        var names = Enumerable.Range(0, 10).Select(i => $"{_name}-{i}").ToList();
        foreach (var name in names)
            await cluster.Client.GetGrain<ISubscriberGrain>(name, typeof(SubscriberGrain).FullName).Subscribe(StreamId.Create("explicit", name), "s");
        return names;
    }

    private static Task Publish(InProcessTestCluster cluster, List<string> streams, int from, int count) => Task.WhenAll(streams.Select(async name =>
    {
        for (var i = from; i < from + count; i++)
            await PublishUntilAccepted(cluster, name, $"{i}");
    }));

    // A call to a silo that dies has an unknown outcome: the publisher repeats it, as applications do.
    private static async Task PublishUntilAccepted(InProcessTestCluster cluster, string name, string item)
    {
        while (true)
        {
            try
            {
                await Of(cluster.Client, StreamId.Create("explicit", name)).OnNextAsync(item);
                return;
            }
            catch (OrleansException)
            {
                await Task.Delay(20);
            }
        }
    }

    private static IAsyncStream<string> Of(IClusterClient client, StreamId stream) => client.GetStreamProvider("Memory").GetStream<string>(stream);
}
