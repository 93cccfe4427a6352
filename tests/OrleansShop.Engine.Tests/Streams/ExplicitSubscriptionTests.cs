using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

public sealed class ExplicitSubscriptionTests
{
    [Fact]
    public async Task An_event_reaches_the_grain_that_subscribed()
    {
        await using var silo = await StreamSilo.Start();
        var name = Inbox.NewName();
        var stream = StreamId.Create("explicit", name);
        await silo.Grains.GetGrain<ISubscriberGrain>(name).Subscribe(stream, "first");

        await silo.Stream<string>(stream).OnNextAsync("hello");

        await Inbox.Has(name, 1);
        Assert.Equal(["first:hello"], Inbox.Of(name));
    }
}
