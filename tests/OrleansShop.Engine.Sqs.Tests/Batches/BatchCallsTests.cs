using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Batches;

/// <summary>Batches of which a part fails.</summary>
public sealed class BatchCallsTests(SqsFixture fixture) : IAsyncLifetime
{
    private FaultProxy _proxy = null!;
    private SqsClient _client = null!;
    private TestQueue _queue = null!;
    private TestQueue _fifo = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        _client = TestQueue.Open(_proxy.Endpoint);
        _queue = await TestQueue.CreateAsync(fixture);
        _fifo = await TestQueue.CreateAsync(fixture, isFifo: true);
    }

    [Fact]
    public async Task Entries_that_are_refused_for_the_moment_are_sent_again_alone()
    {
        // The service has done nothing of this call; it took some in the next.
        _proxy.Plan("SendMessageBatch", (_, _) => Answer(
            """{"Successful":[{"Id":"0","MessageId":"m0"}],"Failed":[{"Id":"1","SenderFault":false,"Code":"InternalError","Message":"later"},{"Id":"2","SenderFault":true,"Code":"RequestThrottled","Message":"later"}]}"""));

        var sent = await _client.SendBatchAsync(_queue.Url, Messages(3));

        Assert.All(sent, static one => Assert.True(one.IsSent));
        Assert.Equal("m0", sent[0].MessageId);
        Assert.Equal(["message 1", "message 2"], (await _queue.ReceiveAsync(2)).Select(static one => one.Body).Order());
        Assert.Equal(2, _proxy.Calls["SendMessageBatch"]);
    }

    [Fact]
    public async Task An_entry_that_is_refused_for_good_has_its_reason_and_the_others_are_sent()
    {
        _proxy.Rewrite("SendMessageBatch", static answer => Regex.Replace(answer, """\{"Id":"1",[^}]*\},""", "").Replace(
            "\"Failed\":[]", """ "Failed":[{"Id":"1","SenderFault":true,"Code":"AWS.SimpleQueueService.InvalidMessageContents","Message":"no such letters"}]""", StringComparison.Ordinal));
        var sent = await _client.SendBatchAsync(_queue.Url, Messages(12));

        Assert.Equal(1, sent.Count(static one => !one.IsSent));
        Assert.Equal((SqsFailure.MessageInvalid, "InvalidMessageContents"), (sent[1].Error!.Failure, sent[1].Error!.Code));
        Assert.Contains("no such letters", sent[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_fails_before_and_the_others_are_sent()
    {
        var sent = await _client.SendBatchAsync(_queue.Url, [new SqsOutgoing("one"), new SqsOutgoing(""), new SqsOutgoing("a\0b"), new SqsOutgoing(new string('x', 1024 * 1024 + 1)), new SqsOutgoing("two")]);

        Assert.Equal([null, SqsFailure.MessageInvalid, SqsFailure.MessageInvalid, SqsFailure.MessageTooLong, null], sent.Select(static one => one.Error?.Failure));
        Assert.Equal(["one", "two"], (await _queue.ReceiveAsync(2)).Select(static one => one.Body).Order());
    }

    [Fact]
    public async Task Behind_a_message_that_failed_nothing_of_its_group_is_sent()
    {
        var sent = await _client.SendBatchAsync(_fifo.Url, [InGroup("a", "1"), InGroup("b", "1"), InGroup("a", "\u0001"), InGroup("a", "3"), InGroup("b", "2")]);

        Assert.Equal([null, null, SqsFailure.MessageInvalid, SqsFailure.NotSent, null], sent.Select(static one => one.Error?.Failure));
    }

    [Fact]
    public async Task When_nobody_keeps_the_order_of_groups_they_share_calls()
    {
        SqsOutgoing[] messages = [.. Enumerable.Range(0, 10).Select(static number => InGroup("a", $"{number}"))];
        await _client.SendBatchAsync(_fifo.Url, messages);
        Assert.Equal(10, _proxy.Calls["SendMessageBatch"]);

        using var hasty = TestQueue.Open(_proxy.Endpoint, static options => options.KeepsGroupOrder = false);
        Assert.All(await hasty.SendBatchAsync(_fifo.Url, messages), static one => Assert.True(one.IsSent));
        Assert.Equal(11, _proxy.Calls["SendMessageBatch"]);
    }

    [Fact]
    public async Task What_stops_one_call_stops_the_rest_and_says_why()
    {
        _proxy.Plan("SendMessageBatch", static (_, forward) => forward()!);
        _proxy.RefuseAlways("SendMessageBatch", "AccessDeniedException");

        var sent = await _client.SendBatchAsync(_queue.Url, Messages(25));

        Assert.Equal(10, sent.TakeWhile(static one => one.IsSent).Count());
        Assert.All(sent.Skip(10), static one => Assert.Equal(SqsFailure.AccessDenied, one.Error?.Failure));
        Assert.Equal(2, _proxy.Calls["SendMessageBatch"]);
    }

    [Fact]
    public async Task An_entry_that_stays_refused_is_given_up_with_the_time_and_may_pass()
    {
        using var hasty = TestQueue.Open(_proxy.Endpoint, static options => options.GiveUpAfter = TimeSpan.FromMilliseconds(200));
        _proxy.PlanAlways("SendMessageBatch", static (_, _) => Answer("""{"Successful":[],"Failed":[{"Id":"0","SenderFault":false,"Code":"ServiceUnavailable"}]}"""));

        var sent = Assert.Single(await hasty.SendBatchAsync(_queue.Url, Messages(1)));

        Assert.Equal((SqsFailure.Throttled, true), (sent.Error!.Failure, sent.Error.MayPass));
        Assert.Contains("ServiceUnavailable", sent.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Successful":[]}""")]
    [InlineData("""{"Successful":[{"Id":"7","MessageId":"m"}]}""")]
    [InlineData("""{"Successful":[{"Id":"0","MessageId":"m"},{"Id":"0","MessageId":"m"}]}""")]
    [InlineData("""{"Successful":[{"Id":"zero","MessageId":"m"}]}""")]
    [InlineData("""{"Successful":[{"Id":"0"}]}""")]
    [InlineData("""{"Successful":"0"}""")]
    [InlineData("""{"Failed":[{"Id":"0","SenderFault":"yes","Code":"x"}]}""")]
    [InlineData("""{"Failed":[{"Id":"0","SenderFault":true}]}""")]
    public async Task An_answer_that_does_not_fit_the_batch_is_not_believed(string answer)
    {
        using var hasty = TestQueue.Open(_proxy.Endpoint, static options => options.GiveUpAfter = TimeSpan.Zero);
        _proxy.PlanAlways("SendMessageBatch", (_, _) => Answer(answer));

        var sent = await hasty.SendBatchAsync(_queue.Url, Messages(2));

        Assert.Equal(SqsFailure.AnswerInvalid, sent[1].Error?.Failure);
    }

    [Fact]
    public async Task A_body_that_was_stored_otherwise_is_noticed()
    {
        _proxy.Rewrite("SendMessageBatch", static answer => Regex.Replace(answer, "\"MD5OfMessageBody\":\"[0-9a-f]+", "\"MD5OfMessageBody\":\"00"));
        _proxy.Rewrite("SendMessage", static answer => Regex.Replace(answer, "\"MD5OfMessageBody\":\"[0-9a-f]+", "\"MD5OfMessageBody\":\"00"));

        var batch = Assert.Single(await _client.SendBatchAsync(_queue.Url, Messages(1)));
        var single = await Assert.ThrowsAsync<SqsException>(() => _client.SendAsync(_queue.Url, new SqsOutgoing("x")));

        Assert.Equal((SqsFailure.MessageDamaged, SqsFailure.MessageDamaged), (batch.Error!.Failure, single.Failure));
    }

    [Fact]
    public async Task Deletions_and_visibilities_are_settled_one_by_one()
    {
        await _queue.Client.SendBatchAsync(_queue.Url, Messages(2));
        var received = await _queue.ReceiveAsync(2);

        var changed = await _client.ChangeVisibilityBatchAsync(
            _queue.Url, [new VisibilityChange(received[0].ReceiptHandle, TimeSpan.FromMinutes(1)), new VisibilityChange("no receipt", TimeSpan.Zero)]);
        Assert.Equal([null, SqsFailure.ReceiptRefused], changed.Select(static error => error?.Failure));

        _proxy.Plan("DeleteMessageBatch", static (_, _) => Answer(
            """{"Successful":[],"Failed":[{"Id":"0","SenderFault":false,"Code":"InternalError"},{"Id":"1","SenderFault":true,"Code":"ReceiptHandleIsInvalid","Message":"no"}]}"""));
        var deleted = await _client.DeleteBatchAsync(_queue.Url, [.. received.Select(static one => one.ReceiptHandle)]);
        Assert.Equal([null, SqsFailure.ReceiptRefused], deleted.Select(static error => error?.Failure));
        Assert.Equal(1, (await _queue.Client.GetQueueAttributesAsync(_queue.Url)).InFlight);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _fifo.DisposeAsync();
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    private static SqsOutgoing[] Messages(int count) => [.. Enumerable.Range(0, count).Select(static number => new SqsOutgoing($"message {number}"))];

    private static SqsOutgoing InGroup(string group, string body) => new(body) { GroupId = group, DeduplicationId = $"{group}-{(int)body[0]}" };

    private static Task<ProxiedAnswer?> Answer(string json) =>
        Task.FromResult<ProxiedAnswer?>(new ProxiedAnswer(HttpStatusCode.OK, "application/x-amz-json-1.0", Encoding.UTF8.GetBytes(json)));
}
