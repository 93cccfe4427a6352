using System.Net;
using System.Text.RegularExpressions;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Receiving;

public sealed class ReceiveCallsTests(SqsFixture fixture) : IAsyncLifetime
{
    private FaultProxy _proxy = null!;
    private TestQueue _queue = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        _queue = await TestQueue.CreateAsync(fixture);
    }

    [Fact]
    public async Task A_long_poll_gets_a_message_that_comes_while_it_waits()
    {
        var waiting = _queue.Client.ReceiveAsync(_queue.Url, new SqsReceive { Wait = TimeSpan.FromSeconds(20) });
        await _queue.Client.SendAsync(_queue.Url, new SqsOutgoing("now"));

        Assert.Equal("now", Assert.Single(await waiting).Body);
    }

    [Fact]
    public async Task A_long_poll_may_take_its_waiting_time_longer_than_other_calls()
    {
        using var hasty = TestQueue.Open(_proxy.Endpoint, static options => (options.CallTimeout, options.GiveUpAfter) = (TimeSpan.FromSeconds(2), TimeSpan.Zero));
        _proxy.Plan("ReceiveMessage", static async (_, forward) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(3));
            return await forward();
        });
        await _queue.Client.SendAsync(_queue.Url, new SqsOutgoing("late"));

        Assert.Single(await hasty.ReceiveAsync(_queue.Url, new SqsReceive { Wait = TimeSpan.FromSeconds(20) }));
    }

    [Fact]
    public async Task A_long_poll_that_is_cancelled_ends()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _queue.Client.ReceiveAsync(_queue.Url, new SqsReceive { Wait = TimeSpan.FromSeconds(20) }, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(11, 0, 0)]
    [InlineData(1, 21, 0)]
    [InlineData(1, -1, 0)]
    [InlineData(1, 0, 43_201)]
    [InlineData(1, 0, -1)]
    public async Task What_the_service_does_not_take_is_not_sent(int most, int wait, int visibility) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _queue.Client.ReceiveAsync(
        _queue.Url, new SqsReceive { MaxMessages = most, Wait = TimeSpan.FromSeconds(wait), Visibility = TimeSpan.FromSeconds(visibility) }));

    [Fact]
    public async Task A_message_is_received_again_when_its_visibility_is_over_and_an_old_receipt_deletes_nothing_else()
    {
        await _queue.Client.SendAsync(_queue.Url, new SqsOutgoing("x"));
        var first = Assert.Single(await _queue.Client.ReceiveAsync(_queue.Url, new SqsReceive { Visibility = TimeSpan.FromSeconds(1), Wait = TimeSpan.FromSeconds(5) }));
        var second = Assert.Single(await _queue.ReceiveAsync(1));

        Assert.Equal((first.Id, 2), (second.Id, second.SystemAttributes.ReceiveCount));
        Assert.NotEqual(first.ReceiptHandle, second.ReceiptHandle);
        Assert.True(second.SystemAttributes.FirstReceivedAt >= second.SystemAttributes.SentAt);
    }

    [Fact]
    public async Task A_message_with_a_damaged_body_is_counted_and_comes_again()
    {
        using var counted = new CountedCalls();
        using var client = counted.Open(_proxy.Endpoint);
        await _queue.Client.SendBatchAsync(_queue.Url, [new SqsOutgoing("whole"), new SqsOutgoing("harmed")]);
        _proxy.Rewrite("ReceiveMessage", static answer => answer.Replace("\"Body\":\"harmed\"", "\"Body\":\"HARMED\"", StringComparison.Ordinal));

        var received = await client.ReceiveAsync(_queue.Url, new SqsReceive { Visibility = TimeSpan.FromSeconds(1), Wait = TimeSpan.FromSeconds(5) });

        Assert.Equal("whole", Assert.Single(received).Body);
        Assert.Equal(1, counted.Damaged);
        await client.DeleteAsync(_queue.Url, received[0].ReceiptHandle);
        await Eventually.Holds(async () => (await client.ReceiveAsync(_queue.Url)).Any(static one => one.Body == "harmed"), "it is received again");
    }

    [Fact]
    public async Task A_lost_answer_of_a_fifo_queue_is_asked_for_again_by_its_attempt()
    {
        await using var fifo = await TestQueue.CreateAsync(fixture, isFifo: true);
        using var client = TestQueue.Open(_proxy.Endpoint);
        List<string> attempts = [];
        for (var call = 0; call < 3; call++)
        {
            var isFirst = call == 0;
            _proxy.Plan("ReceiveMessage", async (request, forward) =>
            {
                attempts.Add(FaultProxy.BodyOf(request));
                var answer = await forward();
                return isFirst ? null : answer;
            });
        }

        await client.ReceiveAsync(fifo.Url, new SqsReceive { Wait = TimeSpan.Zero });
        await client.ReceiveAsync(fifo.Url, new SqsReceive { Wait = TimeSpan.Zero });

        var ids = attempts.Select(static body => Regex.Match(body, "\"ReceiveRequestAttemptId\":\"([0-9A-F]{32})\"").Groups[1].Value).ToList();
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[1], ids[2]);
        Assert.All(ids, static id => Assert.Equal(32, id.Length));
    }

    [Fact]
    public async Task Each_try_is_counted_by_operation_and_outcome()
    {
        using var counted = new CountedCalls();
        using var client = counted.Open(_proxy.Endpoint);
        _proxy.Refuse("SendMessage", "RequestThrottled", times: 2);
        _proxy.Refuse("SendMessage", "Whatever", status: HttpStatusCode.ServiceUnavailable);

        await client.SendAsync(_queue.Url, new SqsOutgoing("x"));

        Assert.Equal([("SendMessage", "RequestThrottled"), ("SendMessage", "RequestThrottled"), ("SendMessage", "Whatever"), ("SendMessage", "ok")], counted.Calls);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _proxy.DisposeAsync();
    }
}
