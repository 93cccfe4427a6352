using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams.DeadLetters;

/// <summary>What becomes of the messages of dead-letter queues that are looked at, sent again and thrown away. Agents do not run: what is sent again stays in the queue.</summary>
public sealed class SqsDeadLettersTests(SqsFixture fixture)
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 25)]
    [InlineData(true, 25)]
    public async Task All_letters_are_found_once_and_given_back(bool isFifo, int count)
    {
        await using var cluster = await StartAsync(isFifo);
        await FillAsync(cluster, count);

        var page = await ListAsync(cluster);

        Assert.Equal((count, count, true), (page.Letters.Count, page.Letters.DistinctBy(static letter => letter.Id).Count(), page.IsComplete));
        await HasAsync(cluster, isDead: true, count);
        Assert.Equal(count, (await ListAsync(cluster)).Letters.Count);
    }

    [Fact]
    public async Task Letters_of_one_group_are_found_one_after_the_other_and_it_is_said_that_there_are_more()
    {
        await using var cluster = await StartAsync(isFifo: true);
        await FillAsync(cluster, 3, group: static _ => "same");

        var outcomes = new List<DeadLetterOutcome>();
        do outcomes.Add(await cluster.DeadLetters.PurgeAsync(Everything, CancellationToken.None));
        while (outcomes.Sum(static outcome => outcome.Done) < 3 && outcomes.Count < 10);

        Assert.Equal(3, outcomes.Sum(static outcome => outcome.Done));
        Assert.All(outcomes.SkipLast(1), static outcome => Assert.NotNull(outcome.Problem));
        Assert.Null(outcomes[^1].Problem);
        await HasAsync(cluster, isDead: true, 0);
    }

    [Fact]
    public async Task What_is_not_sent_again_stays_and_is_visible()
    {
        await using var cluster = await StartAsync();
        await FillAsync(cluster, 12);

        var outcome = await cluster.DeadLetters.RedriveAsync(Everything with { Limit = 4 }, CancellationToken.None);

        Assert.Equal((4, 4), (outcome.Matched, outcome.Done));
        await HasAsync(cluster, isDead: true, 8);
        await HasAsync(cluster, isDead: false, 4);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task When_the_deletion_fails_after_sending_nothing_is_lost_and_fifo_has_it_once(bool isFifo, int sent)
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        await using var cluster = await StartAsync(isFifo, proxy);
        await FillAsync(cluster, 1);

        proxy.Refuse("DeleteMessage", "AccessDeniedException");
        var failed = await cluster.DeadLetters.RedriveAsync(Everything, CancellationToken.None);
        Assert.Equal((1, 0), (failed.Matched, failed.Done));
        Assert.Contains("DeleteMessage", failed.Problem, StringComparison.Ordinal);
        await HasAsync(cluster, isDead: true, 1);

        Assert.Equal(1, (await cluster.DeadLetters.RedriveAsync(Everything, CancellationToken.None)).Done);
        await HasAsync(cluster, isDead: true, 0);
        await HasAsync(cluster, isDead: false, sent);
    }

    [Fact]
    public async Task A_fifo_letter_is_delivered_although_its_own_deduplication_id_was_used_a_moment_ago()
    {
        await using var cluster = await StartAsync(isFifo: true);

        // As when it failed at once: the same id was sent to the queue less than five minutes ago, and was taken and deleted there.
        var original = new SqsOutgoing("x") { GroupId = "g", DeduplicationId = "event-1" };
        var url = await cluster.QueueUrl(0);
        await cluster.Sqs.SendAsync(url, original);
        await cluster.Sqs.DeleteAsync(url, Assert.Single(await ReceiveAsync(cluster)).ReceiptHandle);
        await cluster.Sqs.SendAsync(await cluster.QueueUrl(0, isDead: true), original);

        Assert.Equal(1, (await cluster.DeadLetters.RedriveAsync(Everything, CancellationToken.None)).Done);

        var again = Assert.Single(await ReceiveAsync(cluster));
        Assert.Equal("x", again.Body);
        Assert.NotEqual("event-1", again.SystemAttributes.DeduplicationId);
    }

    [Fact]
    public async Task Who_cancels_gets_the_letters_visible_again()
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        await using var cluster = await StartAsync(proxy: proxy);
        await FillAsync(cluster, 20);
        using var cancel = new CancellationTokenSource();
        proxy.Plan("ReceiveMessage", static async (_, forward) => await forward());
        proxy.Plan("ReceiveMessage", async (_, forward) =>
        {
            var answer = await forward();
            await cancel.CancelAsync();
            return answer;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after: null, limit: 100, cancel.Token));

        // Those whose answer was never read come back by themselves; the ten that were read are given back.
        Assert.True((await cluster.Describe(0, isDead: true)).Waiting >= 10);
    }

    [Fact]
    public async Task Letters_that_cannot_be_given_back_are_no_failure_of_the_list()
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        await using var cluster = await StartAsync(proxy: proxy);
        await FillAsync(cluster, 3);
        proxy.RefuseAlways("ChangeMessageVisibilityBatch", "AccessDeniedException");

        Assert.Equal(3, (await ListAsync(cluster)).Letters.Count);
        Assert.True(proxy.Happened > 0);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("""{"streamKey":"***","attempts":1,"firstFailedAt":"2026-01-01T00:00:00Z","failedAt":"2026-01-01T00:00:00Z","type":"T","message":"M"}""")]
    [InlineData("""{"streamKey":"","attempts":1,"firstFailedAt":"2026-01-01T00:00:00Z","failedAt":"2026-01-01T00:00:00Z","type":"T","message":"M"}""")]
    [InlineData("""{"streamKey":null,"attempts":1,"firstFailedAt":"2026-01-01T00:00:00Z","failedAt":"2026-01-01T00:00:00Z","type":"T","message":"M"}""")]
    [InlineData("""{"streamKey":"azE=","consumer":"nobody","attempts":1,"firstFailedAt":"2026-01-01T00:00:00Z","failedAt":"2026-01-01T00:00:00Z","type":"T","message":"M"}""")]
    public async Task A_letter_with_a_reason_that_cannot_be_read_is_listed_and_can_be_thrown_away(string reason)
    {
        await using var cluster = await StartAsync();
        var foreign = new SqsOutgoing("somebody else's") { Attributes = new Dictionary<string, string> { ["dead-letter"] = reason } };
        Assert.True((await cluster.Sqs.SendBatchAsync(await cluster.QueueUrl(0, isDead: true), [foreign]))[0].IsSent);

        var letter = Assert.Single((await ListAsync(cluster)).Letters);

        Assert.Equal("unknown", letter.Reason.Stream.GetNamespace());
        Assert.Equal(1, (await cluster.DeadLetters.PurgeAsync(Everything, CancellationToken.None)).Done);
    }

    private static DeadLetterSelection Everything => new(Ids: null, DeadLetterFilter.All, Limit: 100, IsDryRun: false);

    private async Task<StreamCluster> StartAsync(bool isFifo = false, FaultProxy? proxy = null) => await StreamCluster.StartAsync(fixture, new StreamClusterPlan
    {
        IsFifo = isFifo,
        Endpoint = proxy?.Endpoint,
        More = static silo => silo.Services.Configure<StreamLifecycleOptions>(StreamCluster.Provider, static options => options.StartupState = StreamLifecycleOptions.RunState.AgentsStopped),
    });

    private static async Task FillAsync(StreamCluster cluster, int count, Func<int, string>? group = null)
    {
        group ??= static number => $"g{number}";
        var letters = Enumerable.Range(0, count).Select(number => new SqsOutgoing($"letter {number.ToString("D3", CultureInfo.InvariantCulture)}")
        {
            GroupId = cluster.IsFifo ? group(number) : null,
            DeduplicationId = cluster.IsFifo ? $"d{number}" : null,
        });
        var sent = await cluster.Sqs.SendBatchAsync(await cluster.QueueUrl(0, isDead: true), [.. letters]);
        Assert.All(sent, static one => Assert.True(one.IsSent));
    }

    private static Task<DeadLetterPage> ListAsync(StreamCluster cluster) => cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after: null, limit: 100, CancellationToken.None);

    private static async Task<IReadOnlyList<SqsMessage>> ReceiveAsync(StreamCluster cluster) =>
        await cluster.Sqs.ReceiveAsync(await cluster.QueueUrl(0), new SqsReceive { Wait = TimeSpan.FromSeconds(5) });

    private static Task HasAsync(StreamCluster cluster, bool isDead, int waiting) => Eventually.Holds(
        async () => await cluster.Describe(0, isDead) is var described && (described.Waiting, described.InFlight) == (waiting, 0L),
        $"{waiting} messages wait in {cluster.QueueName(0, isDead)}");
}
