using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>Queues that are created, missing, forbidden, or somebody else's.</summary>
public sealed class QueueTests(SqsFixture fixture)
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Fact]
    public async Task Queues_are_created_with_their_dead_letter_queues()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { QueueCount = 2, VisibilitySeconds = 40, Options = static options => options.MaxReceiveCount = 9 });

        var queue = await cluster.Describe(1);
        var dead = await cluster.Describe(1, isDead: true);
        Assert.Equal((dead.Arn, 9), (queue.Redrive!.DeadLetterArn, queue.Redrive.MaxReceiveCount));
        Assert.Equal((TimeSpan.FromSeconds(40), TimeSpan.FromDays(4), TimeSpan.FromDays(14)), (queue.Visibility, queue.Retention, dead.Retention));
    }

    [Fact]
    public async Task The_short_form_takes_eight_queues()
    {
        var connection = $"Service={await fixture.EndpointAsync()}";
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan
        {
            More = silo =>
            {
                silo.AddSqsStreams("Events", options =>
                {
                    options.ConnectionString = connection;
                    options.FifoQueue = true;
                });
            },
        });

        for (var queue = 0; queue < 8; queue++) await cluster.Sqs.GetQueueUrlAsync($"{cluster.Service}-events-{queue}.fifo");
        await Assert.ThrowsAsync<SqsException>(() => cluster.Sqs.GetQueueUrlAsync($"{cluster.Service}-events-8.fifo"));
    }

    [Fact]
    public async Task A_queue_that_exists_is_left_as_it_is()
    {
        var service = StreamCluster.NewService();
        using var sqs = TestQueue.Open(await fixture.EndpointAsync());
        await sqs.CreateQueueAsync($"{service}-sqs-0", new SqsQueueAttributes { Visibility = TimeSpan.FromSeconds(77), Retention = TimeSpan.FromHours(1) });

        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { Service = service });
        await cluster.Subscribe(_name, Stream);
        await cluster.Stream(Stream).OnNextAsync("one");

        await Inbox.Has(_name, 1);
        var queue = await cluster.Describe(0);
        Assert.Equal((TimeSpan.FromSeconds(77), TimeSpan.FromHours(1), null), (queue.Visibility, queue.Retention, queue.Redrive));
        Assert.True(await cluster.IsEmpty(0, isDead: true));
    }

    [Fact]
    public async Task A_silo_whose_queue_is_missing_and_may_not_be_created_does_not_start_and_says_what_to_do()
    {
        var service = StreamCluster.NewService();

        var failure = await FailureOf(() => StreamCluster.StartAsync(fixture, new StreamClusterPlan { Service = service, Options = static options => options.CreateQueues = false }));

        Assert.Equal(SqsFailure.QueueMissing, failure.Failure);
        Assert.Contains($"\"{service}-sqs-0\" at {await fixture.EndpointAsync()}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CreateQueues", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_may_not_create_its_queue_does_not_start_and_names_the_permission()
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        proxy.RefuseAlways("CreateQueue", "AccessDenied");

        var failure = await FailureOf(() => StreamCluster.StartAsync(fixture, new StreamClusterPlan { Endpoint = proxy.Endpoint }));

        Assert.Equal(SqsFailure.AccessDenied, failure.Failure);
        Assert.Contains("sqs:CreateQueue", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"provider \"{StreamCluster.Provider}\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_is_deleted_while_it_is_used_is_created_again()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture);
        await cluster.Subscribe(_name, Stream);
        await cluster.Stream(Stream).OnNextAsync("before");
        await Inbox.Has(_name, 1);

        await cluster.Sqs.DeleteQueueAsync(await cluster.QueueUrl(0));
        await cluster.Stream(Stream).OnNextAsync("after");

        await Inbox.Has(_name, 2);
        Assert.Equal(["before", "after"], Inbox.Of(_name));
    }

    [Fact]
    public async Task Options_that_are_wrong_are_all_named_before_anything_is_called()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StreamCluster.StartAsync(fixture, new StreamClusterPlan
        {
            Service = "has spaces",
            VisibilitySeconds = 1,
            Options = static options => (options.MaxReceiveCount, options.Retention) = (0, TimeSpan.FromDays(20)),
            More = static silo => silo.Services.Configure<SqsOptions>(StreamCluster.Provider, static options => options.ConnectionString = "Sevrice=somewhere"),
        }));

        var text = failure.ToString();
        Assert.All(["VisibilityTimeoutSeconds is 1", "MaxReceiveCount is 0", "Retention is 20", "\"Sevrice\"", "has spaces-sqs-0"], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_depth_of_a_queue_and_its_dead_letters_are_told()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { MaxAttempts = 1 });
        Inbox.Behave(_name, async text =>
        {
            if (text == "poison") throw new InvalidOperationException("never");
            await Task.Delay(TimeSpan.FromSeconds(2));
        });
        await cluster.Subscribe(_name, Stream);
        await cluster.Stream(Stream).OnNextAsync("poison");
        for (var i = 0; i < 3; i++) await cluster.Stream(Stream).OnNextAsync($"{i}");

        var reports = cluster.Cluster.Silos[0].ServiceProvider.GetRequiredService<OrleansShop.Engine.Streams.Monitoring.IQueueReports>();
        await Eventually.Holds(
            async () => (await reports.ReadAsync(CancellationToken.None)).Single(report => report.Provider == StreamCluster.Provider).Statistics is { DeadLetters: 1, InFlight: > 0, OldestAge: { } age } && age > TimeSpan.Zero,
            "the queue tells of its dead letter and of what is under way");
    }

    private static async Task<SqsException> FailureOf(Func<Task<StreamCluster>> start)
    {
        for (Exception? failure = await Assert.ThrowsAnyAsync<Exception>(start); failure is not null; failure = failure.InnerException)
        {
            if (failure is SqsException found) return found;
        }

        throw new Xunit.Sdk.XunitException("It failed for another reason.");
    }
}
