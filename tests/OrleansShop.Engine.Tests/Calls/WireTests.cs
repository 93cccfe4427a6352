using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

/// <summary>What the model promises inside a silo, between a client and two silos.</summary>
public sealed class WireTests(RemoteCallTests.TwoSilos cluster) : IClassFixture<RemoteCallTests.TwoSilos>
{
    private IGrainFactory Grains => cluster.Cluster.Client;

    [Fact]
    public async Task Inner_exceptions_come_along_with_types_and_messages()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Grains.GetGrain<IWireGrain>(1).FailWithInner());
        Assert.Equal("outer", failure.Message);
        var inner = Assert.IsType<ArgumentOutOfRangeException>(failure.InnerException);
        Assert.StartsWith("inner", inner.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(inner.InnerException);
    }

    [Fact]
    public async Task An_aggregate_comes_with_all_its_parts()
    {
        var failure = await Assert.ThrowsAsync<AggregateException>(() => Grains.GetGrain<IWireGrain>(2).FailWithAggregate());
        Assert.Equal(["one", "two"], failure.InnerExceptions.Select(part => part.Message));
    }

    [Fact]
    public async Task An_exception_keeps_its_own_members()
    {
        var failure = await Assert.ThrowsAsync<OutOfStockException>(() => Grains.GetGrain<IWireGrain>(3).FailWithMembers());
        Assert.Equal(("bolts", 7), (failure.Article, failure.Missing));
        Assert.Contains(nameof(IWireGrain.FailWithMembers), failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_kind_of_key_reaches_its_grain_on_any_silo()
    {
        for (var key = -3; key < 6; key++)
        {
            var guid = new Guid(key, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            Assert.Equal($"{guid}", await Grains.GetGrain<IGuidKeyGrain>(guid).Key());
            Assert.Equal($"{key}", await Grains.GetGrain<IIntegerKeyGrain>(key).Key());
            Assert.Equal($"a/b+{key} ü", await Grains.GetGrain<IStringKeyGrain>($"a/b+{key} ü").Key());
            Assert.Equal($"{guid} ext+{key}", await Grains.GetGrain<IGuidCompoundKeyGrain>(guid, $"ext+{key}").Key());
            Assert.Equal($"{key} ext", await Grains.GetGrain<IIntegerCompoundKeyGrain>(key, "ext", null).Key());
        }
    }

    [Fact]
    public async Task Inherited_methods_default_classes_and_casts_work_from_outside()
    {
        for (var key = 0; key < 4; key++)
        {
            var derived = Grains.GetGrain<IDerivedGrain>(key);
            Assert.Equal("base", await derived.OfBase());
            Assert.Equal("base", await derived.AsReference<IBaseGrain>().OfBase());
            Assert.Equal("derived", await derived.AsReference<IBaseGrain>().Cast<IDerivedGrain>().OfDerived());
            Assert.Equal("oak", await Grains.GetGrain<IPlantGrain>(key).Kind());
        }
    }

    [Fact]
    public async Task Leaving_a_sequence_early_runs_the_grains_finally_blocks()
    {
        for (var key = 200; key < 204; key++)
        {
            var grain = Grains.GetGrain<ISequenceGrain>(key);
            await foreach (var item in grain.Count(1_000_000))
            {
                if (item == 5) break;
            }

            Assert.Equal(1, await grain.Closed());
        }
    }

    [Fact]
    public async Task Cancelling_a_sequence_reaches_the_grains_enumerator()
    {
        var grain = Grains.GetGrain<ISequenceGrain>(211);
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in grain.Forever().WithCancellation(source.Token)) await source.CancelAsync();
        });
        await Eventually.Holds(async () => await grain.Closed() == 1, "the grain's enumerator has ended");
    }

    [Fact]
    public async Task One_way_calls_of_each_kind_arrive_and_tell_nothing()
    {
        var grain = Grains.GetGrain<ICallGrain>(220);
        await grain.OneWay();
        grain.OneWayVoid();
        await grain.OneWayFail();
        await Eventually.Holds(async () => await grain.OneWays() == 2, "both have run");
    }

    [Fact]
    public async Task A_call_to_an_observer_whose_client_is_gone_fails_and_names_the_client()
    {
        await using var doomed = new InProcessTestClusterBuilder(2).Build();
        await doomed.DeployAsync();
        var observer = new Listener();
        var speaker = doomed.Client.GetGrain<ISpeakerGrain>(1);
        await speaker.Subscribe(doomed.Client.CreateObjectReference<IListener>(observer));
        Assert.Equal("answer to question", await speaker.Ask("question"));
        await doomed.KillClientAsync();

        var ofSilo = doomed.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();
        var fromSilo = ofSilo.GetGrain<ISpeakerGrain>(1);
        var failure = await Assert.ThrowsAnyAsync<OrleansException>(() => fromSilo.Ask("question"));
        Assert.Contains("client", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("speaker/2", await fromSilo.NameOf(ofSilo.GetGrain<ISpeakerGrain>(2)));
        GC.KeepAlive(observer);
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

public interface IWireGrain : IGrainWithIntegerKey
{
    Task FailWithInner();

    Task FailWithAggregate();

    Task FailWithMembers();
}

internal sealed class WireGrain : Grain, IWireGrain
{
    public Task FailWithInner() => throw new InvalidOperationException("outer", new ArgumentOutOfRangeException("inner", new FormatException("innermost")));

    public Task FailWithAggregate() => throw new AggregateException(new InvalidOperationException("one"), new FormatException("two"));

    public Task FailWithMembers() => throw new OutOfStockException("too few") { Article = "bolts", Missing = 7 };
}

[GenerateSerializer]
public sealed class OutOfStockException(string message) : Exception(message)
{
    [Id(0)]
    public string Article { get; set; } = "";

    [Id(1)]
    public int Missing { get; set; }
}
