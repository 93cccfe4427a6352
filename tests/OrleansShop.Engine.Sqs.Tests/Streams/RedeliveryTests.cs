using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>Messages that SQS gives out again, and faults of SQS.</summary>
public sealed class RedeliveryTests(SqsFixture fixture)
{
    private static readonly string[] s_operations = ["SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessageBatch", "ChangeMessageVisibilityBatch", "GetQueueAttributes", "GetQueueUrl"];
    private readonly string _name = Guid.NewGuid().ToString("N");

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_subscriber_that_takes_longer_than_the_visibility_timeout_gets_its_event_once(bool isFifo)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo, VisibilitySeconds = 2 });
        var calls = 0;
        Inbox.Behave(_name, async _ =>
        {
            Interlocked.Increment(ref calls);
            await Task.Delay(TimeSpan.FromSeconds(5));
        });
        await cluster.Subscribe(_name, Stream);

        await cluster.Stream(Stream).OnNextAsync("slow");

        await Inbox.Has(_name, 1);
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task An_event_that_cannot_be_deleted_is_not_delivered_again_when_SQS_gives_it_out_again()
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { Endpoint = proxy.Endpoint, VisibilitySeconds = 2 });
        await cluster.Subscribe(_name, Stream);
        proxy.RefuseAlways("DeleteMessageBatch", "AccessDenied");

        await cluster.Stream(Stream).OnNextAsync("one");
        await Inbox.Has(_name, 1);
        var before = proxy.Calls.GetValueOrDefault("DeleteMessageBatch");
        await Eventually.Holds(() => proxy.Calls.GetValueOrDefault("DeleteMessageBatch") >= before + 8, "it was received again, and its deletion tried");
        proxy.Heal();

        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
        Assert.Equal(["one"], Inbox.Of(_name));
    }

    [Fact]
    public async Task An_event_that_is_in_a_standard_queue_twice_because_an_answer_was_lost_is_delivered_once()
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { Endpoint = proxy.Endpoint });
        await cluster.Subscribe(_name, Stream);
        proxy.LoseAnswerOf("SendMessage");

        await cluster.Stream(Stream).OnNextAsync("one");
        await cluster.Stream(Stream).OnNextAsync("two");

        await Eventually.Holds(() => Inbox.Of(_name).Contains("two"), "the second event came");
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
        Assert.Equal(1, proxy.Happened);
        Assert.Equal(["one", "two"], Inbox.Of(_name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_that_its_publisher_names_is_delivered_once_however_often_it_is_published(bool isFifo)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo, Options = static options => options.EventId = static item => $"id of {item}" });
        await cluster.Subscribe(_name, Stream);

        await cluster.Stream(Stream).OnNextAsync("one");
        await cluster.Stream(Stream).OnNextAsync("one");
        await cluster.Stream(Stream).OnNextAsync("two");

        await Eventually.Holds(() => Inbox.Of(_name).Contains("two"), "the last event came");
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
        Assert.Equal(["one", "two"], Inbox.Of(_name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_was_accepted_is_lost_while_SQS_is_away()
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { Endpoint = proxy.Endpoint, VisibilitySeconds = 5 });
        await cluster.Subscribe(_name, Stream);
        await cluster.Stream(Stream).OnNextAsync("before");
        await Inbox.Has(_name, 1);

        foreach (var operation in s_operations) proxy.RefuseAlways(operation, "ServiceUnavailable", System.Net.HttpStatusCode.ServiceUnavailable);
        var publishing = Enumerable.Range(0, 30).Select(i => cluster.Stream(Stream).OnNextAsync($"{i}")).ToList();
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.DoesNotContain(publishing, static task => task.IsCompletedSuccessfully);
        proxy.Heal();

        await Task.WhenAll(publishing);
        await Eventually.Holds(() => Inbox.Of(_name).Distinct().Count() == 31, "all were delivered");
    }
}
