using Orleans.Concurrency;
using Orleans.TestingHost;
using OrleansShop.Engine.Tests.Activations;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

/// <summary>The same semantics when caller and callee do not share a process: a client and two silos.</summary>
public sealed class RemoteCallTests(RemoteCallTests.TwoSilos cluster) : IClassFixture<RemoteCallTests.TwoSilos>
{
    private IGrainFactory Grains => cluster.Cluster.Client;

    [Fact]
    public async Task Every_kind_of_return_value_comes_back()
    {
        for (var key = 0; key < 8; key++)
        {
            var grain = Grains.GetGrain<ICallGrain>(key);
            await grain.TaskMethod();
            Assert.Equal(3, await grain.TaskOfMethod(3));
            await grain.ValueTaskMethod();
            Assert.Equal("3", await grain.ValueTaskOfMethod("3"));
            Assert.Equal("Int32:5", await grain.Generic(5));
            Assert.Null(await grain.Nothing());
            Assert.Equal([1], (await grain.KeepImmutable(new List<int> { 1 }.AsImmutable())).Value);
        }
    }

    [Fact]
    public async Task An_exception_of_the_application_keeps_its_type_and_shows_where_it_was_thrown()
    {
        var failure = await Assert.ThrowsAsync<CallFailedException>(() => Grains.GetGrain<ICallGrain>(20).Fail("because", async: true));
        Assert.Equal("because", failure.Message);
        Assert.Contains("FailLater", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_context_goes_along_a_chain_of_calls()
    {
        RequestContext.Set("who", "me");
        for (var key = 30; key < 40; key++) Assert.Equal("me, me", await Grains.GetGrain<ICallGrain>(key).ReadContextHereAndThere(key + 100));
        RequestContext.Clear();
    }

    [Fact]
    public async Task A_chain_with_an_open_section_comes_back_in_across_silos()
    {
        for (var key = 40; key < 48; key++)
            Assert.Equal($"back in {key}", await Grains.GetGrain<ICycleGrain>(key).CallOther(key + 100, back: key, allow: true).WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Other_requests_run_while_a_sequence_waits_for_its_first_item()
    {
        var grain = Grains.GetGrain<ISequenceGrain>(50);
        await using var enumerator = grain.Released().GetAsyncEnumerator();
        var first = enumerator.MoveNextAsync();
        await grain.Release().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(await first);
        Assert.Equal(42, enumerator.Current);
    }

    [Fact]
    public async Task A_failing_sequence_gives_its_items_first()
    {
        var items = new List<int>();
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in Grains.GetGrain<ISequenceGrain>(51).FailAfter(3)) items.Add(item);
        });
        Assert.Equal([0, 1, 2], items);
    }

    [Fact]
    public async Task Generic_grains_and_classes_chosen_by_prefix_are_found_from_outside()
    {
        for (var key = 60; key < 64; key++)
        {
            await Grains.GetGrain<IBoxGrain<List<string>>>(key).Put([$"{key}"]);
            Assert.Equal([$"{key}"], await Grains.GetGrain<IBoxGrain<List<string>>>(key).Get());
            Assert.Equal("dog", await Grains.GetGrain<IAnimalGrain>(key, typeof(DogGrain).FullName).Kind());
        }
    }

    [Fact]
    public async Task A_stateless_worker_answers_from_outside()
    {
        var workers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Grains.GetGrain<IWorkerGrain>(70).WorkSlowly()));
        Assert.InRange(workers.Distinct().Count(), 2, 6);
    }

    [Fact]
    public async Task A_grain_is_deactivated_from_outside_and_comes_back()
    {
        var grain = Grains.GetGrain<ITokenGrain>(80);
        var first = await grain.Token();
        await grain.AsReference<Orleans.Core.Internal.IGrainManagementExtension>().DeactivateOnIdle();
        await Eventually.Holds(async () => await grain.Token() != first, "a new activation answers");
    }

    [Fact]
    public async Task A_reference_and_an_observer_can_be_passed_on_and_called_by_another_grain()
    {
        var observer = new Listener();
        var reference = Grains.CreateObjectReference<IListener>(observer);
        for (var key = 90; key < 94; key++)
        {
            var speaker = Grains.GetGrain<ISpeakerGrain>(key);
            await speaker.Subscribe(reference);
            Assert.Equal("answer to question", await speaker.Ask("question"));
            Assert.Equal($"speaker/{(key + 1):X}", await speaker.NameOf(Grains.GetGrain<ISpeakerGrain>(key + 1)));
        }

        GC.KeepAlive(observer);
    }

    public sealed class TwoSilos : IAsyncLifetime
    {
        public TestCluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Cluster = new TestClusterBuilder(2).Build();
            await Cluster.DeployAsync();
        }

        public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();
    }

    private sealed class Listener : IListener
    {
        public void Hear(string what)
        {
        }

        public Task<string> Answer(string question) => Task.FromResult($"answer to {question}");

        public Task Slow() => Task.CompletedTask;
    }
}

public interface ITokenGrain : IGrainWithIntegerKey
{
    Task<string> Token();
}

internal sealed class TokenGrain : Grain, ITokenGrain
{
    public Task<string> Token() => Task.FromResult(GrainContext.ActivationId.ToString());
}
