using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Testing.Sqs;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests;

/// <summary>A message's way through a queue.</summary>
public sealed class SqsClientTests(SqsFixture fixture)
{
    [Fact]
    public async Task A_message_is_sent_received_hidden_given_back_and_deleted()
    {
        await using var queue = await TestQueue.CreateAsync(fixture);
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        Assert.Equal(queue.Url, await queue.Client.GetQueueUrlAsync(queue.Name));

        var sent = await queue.Client.SendAsync(queue.Url, new SqsOutgoing("Grüße <&> \"'\\ \t\r\n €") { Attributes = new Dictionary<string, string> { ["kind"] = "hello" } });
        var received = Assert.Single(await queue.ReceiveAsync(1));
        Assert.Equal((sent.MessageId, "Grüße <&> \"'\\ \t\r\n €", "hello", 1), (received.Id, received.Body, received.Attributes["kind"], received.SystemAttributes.ReceiveCount));
        Assert.InRange(received.SystemAttributes.SentAt, before, TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Empty(await queue.Client.ReceiveAsync(queue.Url));

        await queue.Client.ChangeVisibilityAsync(queue.Url, received.ReceiptHandle, TimeSpan.Zero);
        var again = Assert.Single(await queue.ReceiveAsync(1));
        Assert.Equal((received.Id, 2), (again.Id, again.SystemAttributes.ReceiveCount));

        await queue.Client.DeleteAsync(queue.Url, again.ReceiptHandle);
        await queue.Client.DeleteAsync(queue.Url, again.ReceiptHandle);
        var described = await queue.Client.GetQueueAttributesAsync(queue.Url);
        Assert.Equal((0, 0), (described.Waiting, described.InFlight));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(35)]
    public async Task Any_number_of_messages_goes_through_as_batches(int count)
    {
        await using var queue = await TestQueue.CreateAsync(fixture);

        var sent = await queue.Client.SendBatchAsync(queue.Url, [.. Enumerable.Range(0, count).Select(static number => new SqsOutgoing($"message {number}"))]);
        Assert.All(sent, static one => Assert.Null(one.Error));
        var received = await queue.ReceiveAsync(count);
        Assert.Equal(sent.Select(static one => one.MessageId!).Order(), received.Select(static one => one.Id).Order());

        var changed = await queue.Client.ChangeVisibilityBatchAsync(queue.Url, [.. received.Select(static one => new VisibilityChange(one.ReceiptHandle, TimeSpan.FromMinutes(10)))]);
        Assert.Equal(Enumerable.Repeat<object?>(null, count), changed);
        var deleted = await queue.Client.DeleteBatchAsync(queue.Url, [.. received.Select(static one => one.ReceiptHandle)]);
        Assert.Equal(Enumerable.Repeat<object?>(null, count), deleted);
        Assert.Equal(0, (await queue.Client.GetQueueAttributesAsync(queue.Url)).InFlight);
    }

    [Fact]
    public async Task A_fifo_queue_keeps_the_order_of_each_group_and_takes_a_message_once()
    {
        await using var queue = await TestQueue.CreateAsync(fixture, isFifo: true);
        var messages = Enumerable.Range(0, 24).Select(static number => new SqsOutgoing($"{number}") { GroupId = $"group {number % 3}".Replace(' ', '-'), DeduplicationId = $"id-{number}" }).ToList();

        var sent = await queue.Client.SendBatchAsync(queue.Url, messages);
        var again = await queue.Client.SendBatchAsync(queue.Url, messages);
        Assert.Equal(sent, again);

        Dictionary<string, List<int>> byGroup = [];
        for (var received = 0; received < messages.Count;)
        {
            var some = await queue.ReceiveAsync(1);
            foreach (var one in some)
            {
                var group = one.SystemAttributes.GroupId!;
                (byGroup.TryGetValue(group, out var list) ? list : byGroup[group] = []).Add(int.Parse(one.Body));
                Assert.Equal($"id-{one.Body}", one.SystemAttributes.DeduplicationId);
                Assert.Equal(sent[int.Parse(one.Body)].SequenceNumber, one.SystemAttributes.SequenceNumber);
                received++;
            }

            await queue.Client.DeleteBatchAsync(queue.Url, [.. some.Select(static one => one.ReceiptHandle)]);
        }

        Assert.Equal(3, byGroup.Count);
        Assert.All(byGroup.Values, static order => Assert.Equal(order.Order(), order));
    }
}
