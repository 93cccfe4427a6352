using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Engine.Sqs.Publishing;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Publishing;

public sealed class SnsClientTests(SqsFixture fixture) : IAsyncLifetime
{
    private FaultProxy _proxy = null!;
    private SnsClient _client = null!;
    private string _topic = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        _client = Open();
        _topic = await _client.CreateTopicAsync(SqsFixture.NewName("topic"));
    }

    [Fact]
    public async Task What_is_published_comes_to_every_queue_as_it_is()
    {
        await using var first = await TestQueue.CreateAsync(fixture);
        await using var second = await TestQueue.CreateAsync(fixture);
        await _client.SubscribeAsync(_topic, first.Client, first.Url);
        await _client.SubscribeAsync(_topic, second.Client, second.Url);

        var published = await _client.PublishAsync(_topic, new SqsOutgoing("Grüße & <mehr>=+%\r\n")
        {
            Attributes = new Dictionary<string, string> { ["kind"] = "a&b=c d", ["count"] = "3" },
            AttributeTypes = new Dictionary<string, string> { ["count"] = "Number" },
        });

        Assert.True(published.IsSent);
        foreach (var queue in new[] { first, second })
        {
            var received = Assert.Single(await queue.ReceiveAsync(1));
            Assert.Equal(("Grüße & <mehr>=+%\r\n", "a&b=c d", "3", "Number"), (received.Body, received.Attributes["kind"], received.Attributes["count"], received.AttributeTypes["count"]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Any_number_is_published_as_batches(int count)
    {
        await using var queue = await TestQueue.CreateAsync(fixture);
        await _client.SubscribeAsync(_topic, queue.Client, queue.Url);

        var published = await _client.PublishBatchAsync(_topic, [.. Enumerable.Range(0, count).Select(static number => new SqsOutgoing($"message {number}"))]);

        Assert.All(published, static one => Assert.NotNull(one.MessageId));
        Assert.Equal(Enumerable.Range(0, count).Select(static number => $"message {number}").Order(), (await queue.ReceiveAsync(count)).Select(static one => one.Body).Order());
        Assert.Equal((count + 9) / 10, _proxy.Calls.GetValueOrDefault("PublishBatch"));
    }

    [Fact]
    public async Task A_filter_policy_chooses_by_attributes()
    {
        await using var queue = await TestQueue.CreateAsync(fixture);
        await _client.SubscribeAsync(_topic, queue.Client, queue.Url, """{"kind":["wanted"]}""");

        await _client.PublishBatchAsync(_topic, [OfKind("other"), OfKind("wanted")]);

        Assert.Equal("wanted", Assert.Single(await queue.ReceiveAsync(1)).Body);
        Assert.Equal(0, (await queue.Client.GetQueueAttributesAsync(queue.Url)).Waiting);

        static SqsOutgoing OfKind(string kind) => new(kind) { Attributes = new Dictionary<string, string> { ["kind"] = kind } };
    }

    [Fact]
    public async Task A_fifo_topic_keeps_the_order_of_a_group()
    {
        var topic = await _client.CreateTopicAsync(SqsFixture.NewName("topic") + ".fifo");
        await using var queue = await TestQueue.CreateAsync(fixture, isFifo: true);
        await _client.SubscribeAsync(topic, queue.Client, queue.Url);

        Assert.All(
            await _client.PublishBatchAsync(topic, [.. Enumerable.Range(0, 5).Select(static number => new SqsOutgoing($"{number}") { GroupId = "g", DeduplicationId = $"d{number}" })]),
            static one => Assert.True(one.IsSent));

        List<string> bodies = [];
        while (bodies.Count < 5)
        {
            var received = await queue.ReceiveAsync(1);
            bodies.AddRange(received.Select(static one => one.Body));
            await queue.Client.DeleteBatchAsync(queue.Url, [.. received.Select(static one => one.ReceiptHandle)]);
        }

        Assert.Equal(["0", "1", "2", "3", "4"], bodies);
        await _client.DeleteTopicAsync(topic);
    }

    [Fact]
    public async Task Subscriptions_are_made_once_listed_and_ended_and_the_queue_lets_the_topic_send()
    {
        await using var queue = await TestQueue.CreateAsync(fixture);
        var first = await _client.SubscribeAsync(_topic, queue.Client, queue.Url);
        Assert.Equal(first, await _client.SubscribeAsync(_topic, queue.Client, queue.Url));

        var described = await queue.Client.GetQueueAttributesAsync(queue.Url);
        Assert.Contains(_topic, described.Policy, StringComparison.Ordinal);
        Assert.Null(QueuePolicy.Allow(described.Policy, described.Arn, _topic));
        Assert.Equal([new TopicSubscription(first, "sqs", described.Arn)], await ToListAsync(_topic));

        await _client.UnsubscribeAsync(first);
        await _client.UnsubscribeAsync(first);
        Assert.Empty(await ToListAsync(_topic));
    }

    [Fact]
    public async Task A_list_is_read_over_all_pages_and_not_for_ever()
    {
        _proxy.Plan("ListSubscriptionsByTopic", static (_, _) => Answer(Page("<member><SubscriptionArn>s1</SubscriptionArn><Protocol>sqs</Protocol><Endpoint>e</Endpoint></member>", "t1")));
        _proxy.Plan("ListSubscriptionsByTopic", static (request, _) => Answer(FaultProxy.BodyOf(request).Contains("NextToken=t1", StringComparison.Ordinal)
            ? Page("<member><SubscriptionArn>s2</SubscriptionArn><Protocol>sqs</Protocol><Endpoint>e</Endpoint></member>", "")
            : "no token"));
        Assert.Equal(["s1", "s2"], (await ToListAsync(_topic)).Select(static one => one.Arn));

        _proxy.PlanAlways("ListSubscriptionsByTopic", static (_, _) => Answer(Page("", "again")));
        Assert.Equal(SqsFailure.AnswerInvalid, (await Assert.ThrowsAsync<SqsException>(() => ToListAsync(_topic))).Failure);

        static string Page(string members, string token) =>
            $"<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions>{members}</Subscriptions><NextToken>{token}</NextToken></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>";
    }

    [Fact]
    public async Task A_topic_that_there_is_not_is_named()
    {
        var missing = await Assert.ThrowsAsync<SqsException>(() => _client.PublishAsync($"{_topic}-not", new SqsOutgoing("x")));

        Assert.Equal((SqsFailure.TopicMissing, "NotFound"), (missing.Failure, missing.Code));
        Assert.Contains($"the topic \"{_topic.Split(':')[^1]}-not\" at {_proxy.Endpoint}", missing.Message, StringComparison.Ordinal);
        Assert.All(await _client.PublishBatchAsync($"{_topic}-not", [new SqsOutgoing("x")]), static one => Assert.Equal(SqsFailure.TopicMissing, one.Error?.Failure));
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        _proxy.Plan("PublishBatch", static (_, _) => Answer("<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>not you</Message></Error></ErrorResponse>", HttpStatusCode.Forbidden));

        var error = Assert.Single(await _client.PublishBatchAsync(_topic, [new SqsOutgoing("x")])).Error!;

        Assert.Equal(SqsFailure.AccessDenied, error.Failure);
        Assert.Contains("sns:Publish on the topic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_passes_is_sent_again_and_entries_alone()
    {
        _proxy.Plan("Publish", static (_, _) => Answer("<ErrorResponse><Error><Code>Throttled</Code></Error></ErrorResponse>", HttpStatusCode.TooManyRequests));
        Assert.True((await _client.PublishAsync(_topic, new SqsOutgoing("x"))).IsSent);

        _proxy.Plan("PublishBatch", static (_, _) => Answer(
            """
            <PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult>
              <Successful><member><Id>0</Id><MessageId>m0</MessageId><SequenceNumber>7</SequenceNumber></member></Successful>
              <Failed><member><Id>1</Id><Code>InternalError</Code><Message>later</Message><SenderFault>false</SenderFault></member>
              <member><Id>2</Id><Code>InvalidParameter</Code><Message>never</Message><SenderFault>true</SenderFault></member></Failed>
            </PublishBatchResult></PublishBatchResponse>
            """));
        var published = await _client.PublishBatchAsync(_topic, [new SqsOutgoing("a"), new SqsOutgoing("b"), new SqsOutgoing("c")]);

        Assert.Equal(new SqsSent("m0", "7"), published[0]);
        Assert.True(published[1].IsSent);
        Assert.Equal("InvalidParameter", published[2].Error?.Code);
        Assert.Equal(2, _proxy.Calls["PublishBatch"]);
    }

    [Fact]
    public async Task A_message_is_checked_before_it_is_sent()
    {
        const int most = SqsClientOptions.LargestNotificationBytes;
        Assert.True((await _client.PublishAsync(_topic, new SqsOutgoing(new string('x', most)))).IsSent);
        Assert.Equal(SqsFailure.MessageTooLong, (await Assert.ThrowsAsync<SqsException>(() => _client.PublishAsync(_topic, new SqsOutgoing(new string('x', most + 1))))).Failure);
        Assert.Equal(SqsFailure.MessageInvalid, (await Assert.ThrowsAsync<SqsException>(() => _client.PublishAsync(_topic, new SqsOutgoing("\u0001")))).Failure);
        Assert.Equal(1, _proxy.Calls["Publish"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<PublishResponse>")]
    [InlineData("<PublishResponse/>")]
    [InlineData("<PublishResponse><PublishResult/></PublishResponse>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><PublishResponse><PublishResult><MessageId>&b;</MessageId></PublishResult></PublishResponse>")]
    [InlineData("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>")]
    public async Task An_answer_that_is_not_the_services_is_not_believed(string answer)
    {
        using var hasty = Open(static options => options.GiveUpAfter = TimeSpan.Zero);
        _proxy.Plan("Publish", (_, _) => Answer(answer));

        Assert.Equal(SqsFailure.AnswerInvalid, (await Assert.ThrowsAsync<SqsException>(() => hasty.PublishAsync(_topic, new SqsOutgoing("x")))).Failure);
    }

    [Theory]
    [InlineData("<html>blocked</html>", "HTTP 400")]
    [InlineData("not even that", "HTTP 400")]
    [InlineData("<ErrorResponse><Error/></ErrorResponse>", "(no code)")]
    public async Task A_refusal_that_is_not_the_services_is_said(string answer, string code)
    {
        _proxy.Plan("Publish", (_, _) => Answer(answer, HttpStatusCode.BadRequest));

        var refused = await Assert.ThrowsAsync<SqsException>(() => _client.PublishAsync(_topic, new SqsOutgoing("x")));

        Assert.Equal((SqsFailure.Other, code), (refused.Failure, refused.Code));
    }

    [Fact]
    public async Task Requests_are_signed_for_the_service()
    {
        string? authorization = null;
        _proxy.Plan("Publish", (request, forward) =>
        {
            authorization = request.Headers.Authorization;
            return forward()!;
        });
        await _client.PublishAsync(_topic, new SqsOutgoing("x"));

        Assert.Contains("/us-east-1/sns/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=", authorization, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DeleteTopicAsync(_topic);
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    private SnsClient Open(Action<SqsClientOptions>? configure = null)
    {
        var options = new SqsClientOptions { Service = _proxy.Endpoint, CallTimeout = TimeSpan.FromSeconds(30) };
        configure?.Invoke(options);
        return new SnsClient(options, NullLogger<SnsClient>.Instance, TimeProvider.System);
    }

    private async Task<List<TopicSubscription>> ToListAsync(string topic)
    {
        List<TopicSubscription> list = [];
        await foreach (var subscription in _client.ListSubscriptionsAsync(topic)) list.Add(subscription);
        return list;
    }

    private static Task<ProxiedAnswer?> Answer(string text, HttpStatusCode status = HttpStatusCode.OK) =>
        Task.FromResult<ProxiedAnswer?>(new ProxiedAnswer(status, "text/xml", Encoding.UTF8.GetBytes(text)));
}
