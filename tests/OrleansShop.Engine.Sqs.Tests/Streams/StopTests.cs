using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Streams;
using OrleansShop.Engine.Sqs.Tests.Streams.Receiving;
using OrleansShop.Engine.Streams.Monitoring;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>Receives that are under way when a silo stops.</summary>
public sealed class StopTests(SqsFixture fixture)
{
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly TaskCompletionSource _now = new();

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_silo_that_stops_waits_for_its_last_receive_and_gives_back_what_comes(bool isFifo)
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        HoldReceives(proxy);
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo, Endpoint = proxy.Endpoint, VisibilitySeconds = 600 });
        await Eventually.Holds(() => proxy.Calls.GetValueOrDefault("ReceiveMessage") == 1, "it receives");

        var stopping = cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos[0]);
        await cluster.Stream(Stream).OnNextAsync("late");
        _now.SetResult();
        await stopping;

        Assert.Equal(1, proxy.Calls["ReceiveMessage"]);
        Assert.Equal(1, proxy.Calls["ChangeMessageVisibilityBatch"]);
        Assert.Equal(2, Assert.Single(await cluster.Sqs.ReceiveAsync(await cluster.QueueUrl(0), new SqsReceive { Wait = TimeSpan.FromSeconds(20) })).SystemAttributes.ReceiveCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_agent_does_not_wait_for_the_last_receive_of_the_one_before(bool isFifo)
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo, Endpoint = proxy.Endpoint, VisibilitySeconds = 600, Silos = 2 });
        await cluster.Subscribe(_name, Stream);
        await cluster.Stream(Stream).OnNextAsync("0");
        await Inbox.Has(_name, 1);
        var owner = await OwnerOf(cluster);
        HoldReceives(proxy);
        var before = proxy.Calls["ReceiveMessage"];
        await Eventually.Holds(() => proxy.Calls["ReceiveMessage"] > before, "a receive is held");

        proxy.Heal();
        var stopping = cluster.Cluster.StopSiloAsync(owner);
        for (var i = 1; i <= 5; i++) await cluster.Stream(Stream).OnNextAsync($"{i}");
        await Inbox.Has(_name, 6);
        Assert.False(stopping.IsCompleted);
        _now.SetResult();
        await stopping;

        for (var i = 6; i <= 9; i++) await cluster.Stream(Stream).OnNextAsync($"{i}");
        await Inbox.Has(_name, 10);
        if (isFifo) Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"{i}"), Inbox.Of(_name));
    }

    [Fact]
    public async Task A_last_receive_that_outlasts_the_hosts_time_to_stop_is_cut_off_and_reported()
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        HoldReceives(proxy);
        var log = new RecordedLog();
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { Endpoint = proxy.Endpoint, More = silo => silo.Services.AddSingleton<ILoggerProvider>(log) });
        await Eventually.Holds(() => proxy.Calls.GetValueOrDefault("ReceiveMessage") == 1, "it receives");
        var silo = cluster.Cluster.Silos[0];
        var last = silo.ServiceProvider.GetRequiredKeyedService<SqsStreams>(StreamCluster.Provider).LastCalls;

        using var time = new CancellationTokenSource();
        var stopping = cluster.Cluster.StopSiloAsync(silo, time.Token);
        await Eventually.Holds(() => last.Count == 1, "the agent has stopped");
        await time.CancelAsync();
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _now.SetResult();

        Assert.StartsWith("1 last calls", Assert.Single(log.Of(1982)), StringComparison.Ordinal);
    }

    // The emulator sees them when the test says so.
    private void HoldReceives(FaultProxy proxy) => proxy.PlanAlways("ReceiveMessage", async (_, forward) =>
    {
        await _now.Task;
        return await forward();
    });

    private static async Task<InProcessSiloHandle> OwnerOf(StreamCluster cluster)
    {
        foreach (var silo in cluster.Cluster.Silos)
        {
            if ((await silo.ServiceProvider.GetRequiredService<IQueueReports>().ReadAsync(CancellationToken.None)).Any(static report => report is { Provider: StreamCluster.Provider, Statistics: not null })) return silo;
        }

        throw new InvalidOperationException("No silo pulls the queue.");
    }
}
