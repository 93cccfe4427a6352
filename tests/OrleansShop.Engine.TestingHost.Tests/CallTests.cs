using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

/// <summary>Calls between a client and three silos, over the wire.</summary>
public sealed class CallTests(CallTests.ThreeSilos cluster) : IClassFixture<CallTests.ThreeSilos>
{
    [Fact]
    public async Task Grains_are_spread_over_all_silos_and_answer()
    {
        var places = new HashSet<SiloAddress>();
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal($"hello {i}", await cluster.Grain(i).Echo($"hello {i}"));
            places.Add(await cluster.Grain(i).Where());
        }

        Assert.Equal(3, places.Count);
    }

    [Fact]
    public async Task A_grain_calls_a_grain_on_another_silo()
    {
        var (one, other) = await TwoSilos();

        Assert.Equal("across", await cluster.Grain(one).AskOther(other, "across"));
    }

    [Fact]
    public async Task An_exception_comes_back_with_type_message_and_remote_stack()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Grain(100).Fail("no such luck"));

        Assert.Equal("no such luck", failure.Message);
        Assert.Contains(nameof(EchoGrain.Fail), failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_the_grain_learns_of_it()
    {
        using var cancellation = new CancellationTokenSource();
        var call = cluster.Grain(200).WaitUntilCancelled(cancellation.Token);
        Assert.False(await cluster.Grain(200).WasCancelled());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.Holds(() => cluster.Grain(200).WasCancelled(), "the grain saw the cancellation");
    }

    [Fact]
    public async Task A_one_way_call_arrives()
    {
        await cluster.Grain(300).Note("seen");

        await Eventually.Holds(async () => await cluster.Grain(300).Noted() == "seen", "the note arrived");
    }

    [Fact]
    public async Task A_sequence_comes_across_in_batches_and_in_order()
    {
        var items = new List<int>();
        await foreach (var item in cluster.Grain(400).CountTo(1050))
            items.Add(item);

        Assert.Equal(Enumerable.Range(1, 1050), items);
    }

    [Fact]
    public async Task An_observer_of_the_client_hears_grains_on_every_silo()
    {
        var observer = new Observer();
        var reference = cluster.Cluster.Client.CreateObjectReference<IEchoObserver>(observer);

        for (var i = 500; i < 520; i++)
        {
            await cluster.Grain(i).Subscribe(reference);
            await cluster.Grain(i).Notify($"from {i}");
        }

        await Eventually.Holds(() => observer.Heard.Count == 20, "the observer heard twenty grains");
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task A_large_argument_comes_across()
    {
        var bytes = new byte[5_000_000];
        new Random(1).NextBytes(bytes);

        Assert.Equal(bytes, await cluster.Grain(600).Bytes(bytes));
    }

    [Fact]
    public async Task Many_calls_at_once_are_all_answered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => cluster.Grain(i % 300).Echo($"{i}")));

        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => $"{i}"), answers);
    }

    private async Task<(long One, long Other)> TwoSilos()
    {
        var first = await cluster.Grain(0).Where();
        for (var i = 1; ; i++)
        {
            if (!(await cluster.Grain(i).Where()).Equals(first))
                return (0, i);
        }
    }

    private sealed class Observer : IEchoObserver
    {
        public List<string> Heard { get; } = [];

        Task IEchoObserver.Heard(string text)
        {
            lock (Heard)
                Heard.Add(text);
            return Task.CompletedTask;
        }
    }

    public sealed class ThreeSilos : IAsyncLifetime
    {
        public TestCluster Cluster { get; } = new TestClusterBuilder(3).Build();

        public IEchoGrain Grain(long key) => Cluster.Client.GetGrain<IEchoGrain>(key);

        public async ValueTask InitializeAsync() => await Cluster.DeployAsync();

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
