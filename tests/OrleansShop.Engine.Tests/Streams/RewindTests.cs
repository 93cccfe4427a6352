using System.Collections.Concurrent;
using Orleans.Streams;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

public sealed class RewindTests
{
    private readonly string _name = Inbox.NewName();

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Fact]
    public async Task A_subscription_can_begin_with_an_event_of_the_past()
    {
        await using var silo = await StreamSilo.Start();
        Assert.True(silo.Provider().IsRewindable);
        var (_, tokens) = await PublishFive(silo);

        var late = new ConcurrentQueue<string>();
        await silo.Stream<string>(Stream).SubscribeAsync(new Collect(late), tokens[2]);
        await silo.Subscriber(_name).SubscribeFrom(Stream, tokens[3]);
        await silo.Stream<string>(Stream).OnNextAsync("5");

        await Eventually.Holds(() => late.Count == 4, "the past and what came then arrived");
        await Inbox.Has(_name, 3);
        Assert.Equal(["2", "3", "4", "5"], late);
        Assert.Equal(["from:3", "from:4", "from:5"], Inbox.Of(_name));
    }

    [Fact]
    public async Task A_subscription_that_goes_on_can_be_put_back()
    {
        await using var silo = await StreamSilo.Start();
        var (taken, tokens) = await PublishFive(silo);
        var handle = (await silo.Stream<string>(Stream).GetAllSubscriptionHandles()).Single();

        await handle.ResumeAsync(new Collect(taken), tokens[3]);

        await Eventually.Holds(() => taken.Count == 7, "two came again");
        Assert.Equal(["0", "1", "2", "3", "4", "3", "4"], taken);
    }

    [Fact]
    public async Task A_place_that_the_cache_has_let_go_is_answered_with_an_error_and_new_events_come()
    {
        await using var silo = await StreamSilo.Start(static streams =>
            streams.Configure<Orleans.Configuration.SimpleQueueCacheOptions>(options => options.Configure(static cache => cache.CacheSize = 2)));
        var (_, tokens) = await PublishFive(silo);

        var late = new ConcurrentQueue<string>();
        await silo.Stream<string>(Stream).SubscribeAsync(new Collect(late), tokens[0]);
        await Eventually.Holds(() => late.Count == 1, "the error was told");
        await silo.Stream<string>(Stream).OnNextAsync("5");

        await Eventually.Holds(() => late.Count == 2, "the next event arrived");
        Assert.Equal([$"error:{nameof(QueueCacheMissException)}", "5"], late);
    }

    private async Task<(ConcurrentQueue<string> Taken, List<StreamSequenceToken> Tokens)> PublishFive(TestSilo silo)
    {
        var taken = new ConcurrentQueue<string>();
        var tokens = new ConcurrentQueue<StreamSequenceToken>();
        await silo.Stream<string>(Stream).SubscribeAsync(new Collect(taken, tokens));
        for (var i = 0; i < 5; i++)
            await silo.Stream<string>(Stream).OnNextAsync($"{i}");
        await Eventually.Holds(() => taken.Count == 5, "five events arrived");
        return (taken, [.. tokens]);
    }
}
