using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>Events from publishers to subscribers, with nothing in the way.</summary>
public sealed class PublishTests(SqsFixture fixture)
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_goes_through_the_queue_to_its_subscriber_and_is_deleted(bool isFifo)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo });
        var stream = StreamId.Create("explicit", _name);
        await cluster.Subscribe(_name, stream);

        for (var i = 0; i < 20; i++) await cluster.Stream(stream).OnNextAsync($"{i}");

        await Inbox.Has(_name, 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), Inbox.Of(_name));
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
        Assert.True(await cluster.IsEmpty(0, isDead: true));
    }
}
