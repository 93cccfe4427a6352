using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Sqs.Streams.Adapting;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>Subscribers that fail, for a while or for good.</summary>
public sealed class DeliveryFailureTests(SqsFixture fixture)
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Fact]
    public async Task A_subscriber_that_fails_for_a_while_gets_the_event_again()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture);
        var failures = 3;
        Inbox.Behave(_name, _ => Interlocked.Decrement(ref failures) >= 0 ? throw new InvalidOperationException("not yet") : Task.CompletedTask);
        await cluster.Subscribe(_name, Stream);

        await cluster.Stream(Stream).OnNextAsync("one");

        await Inbox.Has(_name, 1);
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
        Assert.True(await cluster.IsEmpty(0, isDead: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_poison_event_ends_in_the_dead_letter_queue_with_what_a_person_wants_to_know(bool isFifo)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo, MaxAttempts = 3 });
        Inbox.Behave(_name, static text => text == "poison" ? throw new InvalidOperationException("never") : Task.CompletedTask);
        var subscription = await cluster.Subscribe(_name, Stream);

        await cluster.Stream(Stream).OnNextAsync("poison");
        await cluster.Stream(Stream).OnNextAsync("after");

        await Eventually.Holds(() => Inbox.Of(_name).Contains("after"), "the next event came");
        var dead = Assert.Single(await cluster.ReceiveDead(0, count: 1));
        Assert.Equal("explicit", dead.Attributes[AttributeNames.StreamNamespace]);
        Assert.Equal(_name, dead.Attributes[AttributeNames.StreamKey]);
        Assert.Contains(_name, dead.Attributes[AttributeNames.Grain], StringComparison.Ordinal);
        Assert.Contains("never", dead.Attributes[AttributeNames.Exception], StringComparison.Ordinal);
        Assert.Equal("3", dead.Attributes[AttributeNames.Attempts]);
        Assert.Contains(subscription.ToString(), dead.Attributes[AttributeNames.DeadLetter], StringComparison.Ordinal);
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dead_letter_that_is_sent_again_reaches_only_the_subscription_that_could_not_take_it(bool isFifo)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo, MaxAttempts = 2, Silos = 2, QueueCount = 2 });
        var isMended = false;
        Inbox.Behave(_name, text => text == "poison" && !Volatile.Read(ref isMended) ? throw new InvalidOperationException("not yet") : Task.CompletedTask);
        await cluster.Subscribe(_name, Stream);
        await cluster.Subscribe($"healthy-{_name}", Stream);
        await cluster.Stream(Stream).OnNextAsync("poison");
        await Inbox.Has($"healthy-{_name}", 1);

        DeadLetterPage page = new([], null);
        await Eventually.Holds(async () => (page = await cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after: null, limit: 10, CancellationToken.None)).Letters.Count == 1, "there is a dead letter");
        var reason = page.Letters[0].Reason;
        Assert.Equal((Stream, 2, typeof(InvalidOperationException).FullName), (reason.Stream, reason.Attempts, reason.ExceptionType));
        var found = await cluster.DeadLetters.FindAsync(page.Letters[0].Id, CancellationToken.None);
        Assert.Equal("""["poison"]""", found!.Payload!.Text);
        Assert.Empty((await cluster.DeadLetters.ListAsync(new DeadLetterFilter { StreamKey = "another" }, after: null, limit: 10, CancellationToken.None)).Letters);

        Volatile.Write(ref isMended, true);
        var outcome = await cluster.DeadLetters.RedriveAsync(new DeadLetterSelection([page.Letters[0].Id], DeadLetterFilter.All, Limit: 10, IsDryRun: false), CancellationToken.None);

        Assert.Equal((1, 1), (outcome.Matched, outcome.Done));
        await Eventually.Holds(() => Inbox.Of(_name).Contains("poison"), "it was taken");
        await cluster.Stream(Stream).OnNextAsync("last");
        await Eventually.Holds(() => Inbox.Of($"healthy-{_name}").Contains("last"), "the other subscription got the last");
        Assert.Equal(["poison", "last"], Inbox.Of($"healthy-{_name}"));
        Assert.Empty((await cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after: null, limit: 10, CancellationToken.None)).Letters);
    }

    [Fact]
    public async Task Dead_letters_come_in_pages_and_can_be_thrown_away()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { MaxAttempts = 1, QueueCount = 2 });
        Inbox.Behave(_name, static text => text.StartsWith("error:", StringComparison.Ordinal) ? Task.CompletedTask : throw new InvalidOperationException(text));
        await cluster.Subscribe(_name, Stream);
        for (var i = 0; i < 5; i++) await cluster.Stream(Stream).OnNextAsync($"{i}");
        await Eventually.Holds(async () => (await cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after: null, limit: 10, CancellationToken.None)).Letters.Count == 5, "all are dead letters");

        List<string> texts = [];
        for (string? after = null; ;)
        {
            var page = await cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after, limit: 2, CancellationToken.None);
            texts.AddRange(page.Letters.Select(static letter => letter.Reason.ExceptionMessage));
            if ((after = page.Next) is null) break;
        }

        Assert.Equal(["0", "1", "2", "3", "4"], texts.Order(StringComparer.Ordinal));
        var purged = await cluster.DeadLetters.PurgeAsync(new DeadLetterSelection(Ids: null, DeadLetterFilter.All, Limit: 3, IsDryRun: false), CancellationToken.None);
        Assert.Equal((3, 3), (purged.Matched, purged.Done));
        Assert.Equal(2, (await cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after: null, limit: 10, CancellationToken.None)).Letters.Count);
    }

    [Fact]
    public async Task A_message_that_SQS_itself_has_moved_is_listed_and_goes_to_all_subscriptions_when_it_is_sent_again()
    {
        // Received twice by something that dies, of which SQS allows one.
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan
        {
            VisibilitySeconds = 2,
            Options = static options => options.MaxReceiveCount = 1,
            More = static silo => silo.Services.Configure<Orleans.Configuration.StreamLifecycleOptions>(StreamCluster.Provider, static options => options.StartupState = Orleans.Configuration.StreamLifecycleOptions.RunState.AgentsStopped),
        });
        await cluster.Subscribe(_name, Stream);
        await cluster.Stream(Stream).OnNextAsync("deadly");
        var url = await cluster.QueueUrl(0);
        await Eventually.Holds(
            async () =>
            {
                await cluster.Sqs.ReceiveAsync(url, new OrleansShop.Engine.Sqs.Receiving.SqsReceive { Wait = TimeSpan.FromSeconds(1), Visibility = TimeSpan.FromSeconds(1) });
                return !await cluster.IsEmpty(0, isDead: true);
            },
            "SQS has moved it");

        var letter = Assert.Single((await cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after: null, limit: 10, CancellationToken.None)).Letters);
        Assert.Equal((Stream, Guid.Empty), (letter.Reason.Stream, letter.Reason.Subscription));
        await cluster.DeadLetters.RedriveAsync(new DeadLetterSelection(Ids: null, DeadLetterFilter.All, Limit: 10, IsDryRun: false), CancellationToken.None);

        var again = Assert.Single(await cluster.Sqs.ReceiveAsync(url, new OrleansShop.Engine.Sqs.Receiving.SqsReceive { Wait = TimeSpan.FromSeconds(5) }));
        Assert.DoesNotContain(AttributeNames.OnlyFor, again.Attributes.Keys);
    }
}
