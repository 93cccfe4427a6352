using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Implicit;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

public sealed class ImplicitSubscriptionTests
{
    [Fact]
    public async Task The_key_of_the_stream_is_the_key_of_the_grain()
    {
        await using var silo = await StreamSilo.Start();
        var guid = Guid.NewGuid();
        var text = Inbox.NewName();
        var number = Random.Shared.NextInt64(1 << 40);

        await silo.Stream<string>(StreamId.Create("implicit-guid", guid)).OnNextAsync("one");
        await silo.Stream<string>(StreamId.Create("implicit-text", text)).OnNextAsync("two");
        await silo.Stream<string>(StreamId.Create("implicit-long", number)).OnNextAsync("three");
        await silo.Stream<string>(StreamId.Create("implicit-number", -number)).OnNextAsync("four");

        await Inbox.Has(guid.ToString("N"), 1);
        await Inbox.Has(text, 1);
        await Inbox.Has($"long-{number}", 1);
        await Inbox.Has($"long-{-number}", 1);
        Assert.Equal(["guid:one"], Inbox.Of(guid.ToString("N")));
        Assert.Equal(["text:two"], Inbox.Of(text));
        Assert.Equal(["implicit-long:three"], Inbox.Of($"long-{number}"));
        Assert.Equal(["implicit-number:four"], Inbox.Of($"long-{-number}"));
    }

    [Fact]
    public async Task A_mapper_of_the_application_can_choose_the_grain()
    {
        await using var silo = await StreamSilo.Start(more: static silo => silo.Services.AddKeyedSingleton<IStreamIdMapper, PrefixMapper>("prefix"));
        var name = Inbox.NewName();

        await silo.Stream<string>(StreamId.Create("implicit-mapped", name)).OnNextAsync("hello");

        await Inbox.Has($"mapped-{name}", 1);
    }

    [Fact]
    public async Task The_subscription_has_the_same_id_every_time_and_is_listed()
    {
        await using var silo = await StreamSilo.Start();
        var guid = Guid.NewGuid();
        var grain = silo.Grains.GetGrain<IGuidSubscriber>(guid);
        var stream = StreamId.Create("implicit-guid", guid);

        var first = Assert.Single(await grain.Subscriptions(stream));
        Assert.Equal(first, Assert.Single(await grain.Subscriptions(stream)));
        Assert.True(ImplicitSubscriptionId.Is(first));
        Assert.Empty(await grain.Subscriptions(StreamId.Create("implicit-guid", Guid.NewGuid())));
        Assert.NotEqual(ImplicitSubscriptionId.Of("A", stream, grain.GetGrainId().Type), ImplicitSubscriptionId.Of("B", stream, grain.GetGrainId().Type));
    }

    [Fact]
    public async Task A_provider_of_implicit_subscriptions_only_needs_no_store()
    {
        await using var silo = await TestSilo.StartAsync(static silo =>
        {
            silo.Configure<Orleans.Configuration.ClusterOptions>(static options => options.ClusterId = Inbox.NewName());
            silo.AddMemoryStreams("Memory", static streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
        });
        var guid = Guid.NewGuid();

        await silo.Stream<string>(StreamId.Create("implicit-guid", guid)).OnNextAsync("one");

        await Inbox.Has(guid.ToString("N"), 1);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Stream<string>(StreamId.Create("any", "thing")).SubscribeAsync((_, _) => Task.CompletedTask));
        Assert.Contains("implicit subscriptions only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_of_explicit_subscriptions_only_activates_no_grain_by_itself()
    {
        await using var silo = await StreamSilo.Start(static streams => streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly));
        var guid = Guid.NewGuid();
        var stream = StreamId.Create("implicit-guid", guid);
        var taken = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await silo.Stream<string>(stream).SubscribeAsync(new Collect(taken));

        await silo.Stream<string>(stream).OnNextAsync("one");

        await Eventually.Holds(() => taken.Count == 1, "the explicit subscription got it");
        Assert.Null(silo.Catalog.Find(silo.Grains.GetGrain<IGuidSubscriber>(guid).GetGrainId()));
    }
}
