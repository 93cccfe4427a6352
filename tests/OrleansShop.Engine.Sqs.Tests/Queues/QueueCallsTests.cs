using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Queues;

public sealed class QueueCallsTests(SqsFixture fixture)
{
    [Fact]
    public async Task A_queue_has_the_attributes_that_it_was_created_with_and_those_that_are_set_later()
    {
        await using var dead = await TestQueue.CreateAsync(fixture);
        var deadArn = (await dead.Client.GetQueueAttributesAsync(dead.Url)).Arn;
        await using var queue = await TestQueue.CreateAsync(fixture, attributes: new SqsQueueAttributes
        {
            Visibility = TimeSpan.FromSeconds(45),
            Retention = TimeSpan.FromDays(14),
            ReceiveWait = TimeSpan.FromSeconds(1),
            MaxMessageBytes = 2048,
            Redrive = new RedrivePolicy(deadArn, 3),
        });

        var described = await queue.Client.GetQueueAttributesAsync(queue.Url);
        Assert.Equal(
            (TimeSpan.FromSeconds(45), TimeSpan.FromDays(14), 2048, new RedrivePolicy(deadArn, 3), false),
            (described.Visibility, described.Retention, described.MaxMessageBytes, described.Redrive, described.IsFifo));
        Assert.Equal($"arn:aws:sqs:us-east-1:000000000000:{queue.Name}", described.Arn);

        await queue.Client.SetQueueAttributesAsync(queue.Url, new SqsQueueAttributes { Visibility = TimeSpan.FromSeconds(0.2), Redrive = new RedrivePolicy(deadArn, 5) });
        await queue.Client.SetQueueAttributesAsync(queue.Url, SqsQueueAttributes.Default);
        described = await queue.Client.GetQueueAttributesAsync(queue.Url);
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromDays(14), 5), (described.Visibility, described.Retention, described.Redrive!.MaxReceiveCount));
    }

    [Fact]
    public async Task A_fifo_queue_can_count_by_group_and_deduplicate_by_content()
    {
        await using var queue = await TestQueue.CreateAsync(fixture, isFifo: true, new SqsQueueAttributes { CountsByGroup = true, DeduplicatesByContent = true });

        var described = await queue.Client.GetQueueAttributesAsync(queue.Url);
        Assert.True(described.IsFifo);
        Assert.True(described.DeduplicatesByContent);
        Assert.Equal(("messageGroup", "perMessageGroupId"), (described.All["DeduplicationScope"], described.All["FifoThroughputLimit"]));

        var once = await queue.Client.SendAsync(queue.Url, new SqsOutgoing("same") { GroupId = "g" });
        Assert.Equal(once, await queue.Client.SendAsync(queue.Url, new SqsOutgoing("same") { GroupId = "g" }));
    }

    [Fact]
    public async Task To_create_a_queue_again_finds_it_and_with_other_attributes_says_so()
    {
        await using var queue = await TestQueue.CreateAsync(fixture, attributes: new SqsQueueAttributes { Delay = TimeSpan.FromSeconds(1) });

        Assert.Equal(queue.Url, await queue.Client.CreateQueueAsync(queue.Name));
        Assert.Equal(queue.Url, await queue.Client.CreateQueueAsync(queue.Name, new SqsQueueAttributes { Delay = TimeSpan.FromSeconds(1) }));
        var exists = await Assert.ThrowsAsync<SqsException>(() => queue.Client.CreateQueueAsync(queue.Name, new SqsQueueAttributes { Delay = TimeSpan.FromSeconds(2) }));
        Assert.Equal(SqsFailure.QueueExists, exists.Failure);
        Assert.Contains("DelaySeconds", exists.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-b_9", true)]
    [InlineData("a.fifo", true)]
    [InlineData("", false)]
    [InlineData(".fifo", false)]
    [InlineData("a.b", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    public async Task Names_are_checked_before_they_are_sent(string name, bool isName)
    {
        Assert.Equal(isName, QueueName.IsValid(name));
        if (isName) return;
        using var client = TestQueue.Open("http://127.0.0.1:1");
        Assert.Contains($"\"{name}\"", (await Assert.ThrowsAsync<ArgumentException>(() => client.CreateQueueAsync(name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_have_80_characters_at_most()
    {
        Assert.True(QueueName.IsValid(new string('a', 75) + ".fifo"));
        Assert.False(QueueName.IsValid(new string('a', 76) + ".fifo"));
    }

    [Fact]
    public async Task Queues_are_listed_by_prefix_over_all_pages()
    {
        var prefix = SqsFixture.NewName("listed");
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        using var client = TestQueue.Open(proxy.Endpoint);
        var urls = new List<string>();
        for (var number = 0; number < 3; number++) urls.Add(await client.CreateQueueAsync($"{prefix}-{number}"));
        Assert.Equal(urls, await ToListAsync(client.ListQueuesAsync(prefix)));
        Assert.Empty(await ToListAsync(client.ListQueuesAsync($"{prefix}-none")));

        // The emulator's pages are as long as is asked for: the first is cut short here.
        proxy.Plan("ListQueues", (_, _) => Task.FromResult<ProxiedAnswer?>(new ProxiedAnswer(
            System.Net.HttpStatusCode.OK, "application/x-amz-json-1.0", System.Text.Encoding.UTF8.GetBytes($$"""{"QueueUrls":["{{urls[0]}}"],"NextToken":"{{prefix}}-0"}"""))));
        Assert.Equal(urls, await ToListAsync(client.ListQueuesAsync(prefix)));

        proxy.PlanAlways("ListQueues", static (_, _) => Task.FromResult<ProxiedAnswer?>(new ProxiedAnswer(
            System.Net.HttpStatusCode.OK, "application/x-amz-json-1.0", """{"QueueUrls":[],"NextToken":"again"}"""u8.ToArray())));
        Assert.Equal(SqsFailure.AnswerInvalid, (await Assert.ThrowsAsync<SqsException>(() => ToListAsync(client.ListQueuesAsync(prefix)))).Failure);
        foreach (var url in urls) await client.DeleteQueueAsync(url);
    }

    [Fact]
    public async Task A_purged_queue_is_empty_and_a_deleted_one_is_gone()
    {
        var queue = await TestQueue.CreateAsync(fixture);
        await queue.Client.SendBatchAsync(queue.Url, [new SqsOutgoing("a"), new SqsOutgoing("b")]);
        await queue.ReceiveAsync(1);

        await queue.Client.PurgeQueueAsync(queue.Url);
        var described = await queue.Client.GetQueueAttributesAsync(queue.Url);
        Assert.Equal((0, 0), (described.Waiting, described.InFlight));

        await queue.Client.DeleteQueueAsync(queue.Url);
        Assert.Equal(SqsFailure.QueueMissing, (await Assert.ThrowsAsync<SqsException>(() => queue.Client.GetQueueUrlAsync(queue.Name))).Failure);
        queue.Client.Dispose();
    }

    [Fact]
    public async Task After_the_receives_of_its_redrive_policy_a_message_is_a_dead_letter()
    {
        await using var dead = await TestQueue.CreateAsync(fixture);
        await using var queue = await TestQueue.CreateAsync(fixture, attributes: new SqsQueueAttributes
        {
            Redrive = new RedrivePolicy((await dead.Client.GetQueueAttributesAsync(dead.Url)).Arn, 2),
        });
        var sent = await queue.Client.SendAsync(queue.Url, new SqsOutgoing("poison") { Attributes = new Dictionary<string, string> { ["kind"] = "bad" } });

        for (var receive = 1; receive <= 2; receive++)
        {
            var received = Assert.Single(await queue.ReceiveAsync(1));
            Assert.Equal(receive, received.SystemAttributes.ReceiveCount);
            await queue.Client.ChangeVisibilityAsync(queue.Url, received.ReceiptHandle, TimeSpan.Zero);
        }

        await Eventually.Holds(async () =>
        {
            Assert.Empty(await queue.Client.ReceiveAsync(queue.Url, new SqsReceive { Wait = TimeSpan.Zero }));
            return (await dead.Client.GetQueueAttributesAsync(dead.Url)).Waiting == 1;
        }, "the message is a dead letter");
        var letter = Assert.Single(await dead.ReceiveAsync(1));
        Assert.Equal((sent.MessageId, "poison", "bad"), (letter.Id, letter.Body, letter.Attributes["kind"]));
    }

    private static async Task<List<string>> ToListAsync(IAsyncEnumerable<string> urls)
    {
        List<string> list = [];
        await foreach (var url in urls) list.Add(url);
        return list;
    }
}
