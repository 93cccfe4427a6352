using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Sending;

public sealed class SendCallsTests(SqsFixture fixture)
{
    private const int Most = 1024 * 1024;

    public static TheoryData<string> Texts() =>
    [
        "x", " ", "\t\r\n", "\"\\/'", "<a href='x'>&amp;</a>", "äöü ß € 漢字", "\u007F\u0085\u00A0\u2028\u2029", "\uE000\uFFFD", "{\"json\":[1,2]}", new string('é', 100_000),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_arrives_as_it_was_sent(string text)
    {
        await using var queue = await TestQueue.CreateAsync(fixture);

        await queue.Client.SendAsync(queue.Url, new SqsOutgoing(text) { Attributes = new Dictionary<string, string> { ["text"] = text } });
        Assert.All(await queue.Client.SendBatchAsync(queue.Url, [new SqsOutgoing(text)]), static one => Assert.True(one.IsSent));

        var received = await queue.ReceiveAsync(2);
        Assert.Equal([text, text], received.Select(static one => one.Body));
        Assert.Contains(received, one => one.Attributes.GetValueOrDefault("text") == text);
    }

    [Fact]
    public async Task A_text_beyond_the_first_plane_is_sent_although_the_emulator_refuses_it()
    {
        // The emulator refuses what the service takes: the proxy answers for it.
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        using var client = TestQueue.Open(proxy.Endpoint);
        var request = "";
        proxy.Plan("SendMessage", (incoming, _) =>
        {
            request = FaultProxy.BodyOf(incoming);
            return Task.FromResult<ProxiedAnswer?>(new ProxiedAnswer(
                System.Net.HttpStatusCode.OK, "application/x-amz-json-1.0", """{"MessageId":"m","MD5OfMessageBody":"2a02eac39d716a70ecf37579185927b6"}"""u8.ToArray()));
        });

        Assert.Equal("m", (await client.SendAsync("http://127.0.0.1/0/q", new SqsOutgoing("😀"))).MessageId);
        using var sent = System.Text.Json.JsonDocument.Parse(request);
        Assert.Equal("😀", sent.RootElement.GetProperty("MessageBody").GetString());
    }

    [Fact]
    public async Task A_message_of_the_most_bytes_arrives_and_a_longer_one_is_not_sent()
    {
        await using var queue = await TestQueue.CreateAsync(fixture);

        await queue.Client.SendAsync(queue.Url, new SqsOutgoing(new string('x', Most)));
        var tooLong = await Assert.ThrowsAsync<SqsException>(() => queue.Client.SendAsync(queue.Url, new SqsOutgoing(new string('x', Most + 1))));

        Assert.Equal(SqsFailure.MessageTooLong, tooLong.Failure);
        Assert.Equal(Most, Assert.Single(await queue.ReceiveAsync(1)).Body.Length);
    }

    [Fact]
    public async Task Long_messages_are_spread_over_calls_and_come_back_together()
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        await using var queue = await TestQueue.CreateAsync(fixture);
        using var client = TestQueue.Open(proxy.Endpoint);

        var sent = await client.SendBatchAsync(queue.Url, [.. Enumerable.Range(0, 10).Select(static number => new SqsOutgoing(new string((char)('a' + number), Most / 3)))]);

        Assert.All(sent, static one => Assert.True(one.IsSent));
        Assert.Equal(4, proxy.Calls["SendMessageBatch"]);
        Assert.Equal(10, (await queue.ReceiveAsync(10)).Select(static one => one.Body[0]).Distinct().Count());
    }

    [Fact]
    public async Task A_queue_with_a_lower_limit_says_so_for_the_message_alone()
    {
        await using var queue = await TestQueue.CreateAsync(fixture, attributes: new SqsQueueAttributes { MaxMessageBytes = 1024 });

        var sent = await queue.Client.SendBatchAsync(queue.Url, [new SqsOutgoing(new string('x', 1024)), new SqsOutgoing(new string('x', 1025))]);

        Assert.True(sent[0].IsSent);
        Assert.Contains("1024 bytes", sent[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_of_all_types_arrive_with_their_types()
    {
        await using var queue = await TestQueue.CreateAsync(fixture);
        var outgoing = new SqsOutgoing("x")
        {
            Attributes = new Dictionary<string, string> { ["text"] = "t", ["count"] = "12", ["raw"] = "AQID/w==", ["own"] = "o" },
            AttributeTypes = new Dictionary<string, string> { ["count"] = "Number", ["raw"] = "Binary", ["own"] = "String.mine" },
        };

        await queue.Client.SendAsync(queue.Url, outgoing);

        var received = Assert.Single(await queue.ReceiveAsync(1));
        Assert.Equal(outgoing.Attributes, received.Attributes);
        Assert.Equal(outgoing.AttributeTypes, received.AttributeTypes);
    }

    [Fact]
    public async Task A_delayed_message_is_not_received_before()
    {
        await using var queue = await TestQueue.CreateAsync(fixture);
        await queue.Client.SendAsync(queue.Url, new SqsOutgoing("later") { Delay = TimeSpan.FromSeconds(2) });

        Assert.Equal(1, (await queue.Client.GetQueueAttributesAsync(queue.Url)).Delayed);
        await Eventually.Holds(async () => (await queue.Client.ReceiveAsync(queue.Url, new SqsReceive { Wait = TimeSpan.FromSeconds(1) })).Count == 1, "the message is there");
    }
}
