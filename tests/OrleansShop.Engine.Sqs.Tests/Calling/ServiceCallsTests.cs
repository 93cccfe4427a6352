using System.Globalization;
using System.Net;
using System.Text;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Calling;

/// <summary>What a caller gets when calls fail.</summary>
public sealed class ServiceCallsTests(SqsFixture fixture) : IAsyncLifetime
{
    private FaultProxy _proxy = null!;
    private SqsClient _client = null!;
    private TestQueue _queue = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        _client = TestQueue.Open(_proxy.Endpoint);
        _queue = await TestQueue.CreateAsync(fixture);
    }

    public static TheoryData<string> CallsOfQueues() =>
    [
        "GetQueueUrl", "GetQueueAttributes", "SetQueueAttributes", "SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "DeleteMessageBatch",
        "ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "PurgeQueue",
    ];

    [Theory]
    [MemberData(nameof(CallsOfQueues))]
    public async Task A_queue_that_there_is_not_is_named_with_where_it_was_looked_for(string operation)
    {
        var missing = await FailureOfAsync(operation, "http://127.0.0.1/000000000000/no-such-queue");

        Assert.Equal((SqsFailure.QueueMissing, "QueueDoesNotExist", false), (missing.Failure, missing.Code, missing.MayPass));
        string[] said = [operation, "\"no-such-queue\"", _proxy.Endpoint, "no such queue", "Create it"];
        Assert.All(said, part => Assert.Contains(part, missing.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CallsOfQueues))]
    public async Task A_missing_permission_is_named_for_each_call(string operation)
    {
        _proxy.RefuseAlways(operation, "AccessDeniedException", HttpStatusCode.Forbidden);

        var refused = await FailureOfAsync(operation, _queue.Url);

        Assert.Equal((SqsFailure.AccessDenied, "AccessDeniedException", false), (refused.Failure, refused.Code, refused.MayPass));
        Assert.Contains($"sqs:{operation.Replace("Batch", "", StringComparison.Ordinal)} on the queue", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, _proxy.Calls[operation]);
    }

    [Theory]
    [InlineData("RequestThrottled", HttpStatusCode.BadRequest)]
    [InlineData("ThrottlingException", HttpStatusCode.BadRequest)]
    [InlineData("OverLimit", HttpStatusCode.Forbidden)]
    [InlineData("InternalError", HttpStatusCode.InternalServerError)]
    [InlineData("ServiceUnavailable", HttpStatusCode.ServiceUnavailable)]
    [InlineData("Whatever", HttpStatusCode.BadGateway)]
    [InlineData("Whatever", HttpStatusCode.TooManyRequests)]
    public async Task What_passes_is_sent_again(string code, HttpStatusCode status)
    {
        _proxy.Refuse("SendMessage", code, times: 3, status);

        await _client.SendAsync(_queue.Url, new SqsOutgoing("at last"));

        Assert.Equal(4, _proxy.Calls["SendMessage"]);
        Assert.Equal("at last", Assert.Single(await _queue.ReceiveAsync(1)).Body);
    }

    [Theory]
    [InlineData("RequestThrottled", SqsFailure.Throttled)]
    [InlineData("OverLimit", SqsFailure.TooManyInFlight)]
    [InlineData("InternalError", SqsFailure.Unreachable)]
    public async Task What_does_not_pass_in_time_is_given_up_and_may_pass_later(string code, SqsFailure failure)
    {
        using var hasty = TestQueue.Open(_proxy.Endpoint, static options => options.GiveUpAfter = TimeSpan.FromMilliseconds(300));
        _proxy.RefuseAlways("ReceiveMessage", code);

        var given = await Assert.ThrowsAsync<SqsException>(() => hasty.ReceiveAsync(_queue.Url, new SqsReceive { Wait = TimeSpan.Zero }));

        Assert.Equal((failure, code, true), (given.Failure, given.Code, given.MayPass));
        Assert.Contains(code, given.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{_queue.Name}\"", given.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_without_a_name_here_has_the_services_name_and_sentence()
    {
        _proxy.Refuse("PurgeQueue", "AWS.SimpleQueueService.PurgeQueueInProgress");

        var refused = await Assert.ThrowsAsync<SqsException>(() => _client.PurgeQueueAsync(_queue.Url));

        Assert.Equal((SqsFailure.Other, "PurgeQueueInProgress"), (refused.Failure, refused.Code));
        Assert.Contains("So the test says.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_that_is_none_is_refused()
    {
        var refused = await Assert.ThrowsAsync<SqsException>(() => _client.ChangeVisibilityAsync(_queue.Url, "no receipt", TimeSpan.Zero));

        Assert.Equal((SqsFailure.ReceiptRefused, "MessageNotInflight"), (refused.Failure, refused.Code));
    }

    [Theory]
    [InlineData("InvalidClientTokenId")]
    [InlineData("UnrecognizedClientException")]
    [InlineData("InvalidSignatureException")]
    [InlineData("SignatureDoesNotMatch")]
    public async Task Refused_credentials_are_said_without_what_the_service_quotes(string code)
    {
        _proxy.PlanAlways("SendMessage", (_, _) => Task.FromResult<ProxiedAnswer?>(new ProxiedAnswer(
            HttpStatusCode.Forbidden, "application/x-amz-json-1.0", Encoding.UTF8.GetBytes($$"""{"__type":"com.amazon.coral.service#{{code}}","message":"expected x-amz-security-token:THE-TOKEN"}"""))));
        using var client = TestQueue.Open(_proxy.Endpoint, static options => (options.AccessKey, options.SecretKey, options.SessionToken) = ("THE-KEY", "THE-SECRET", "THE-TOKEN"));

        var refused = await Assert.ThrowsAsync<SqsException>(() => client.SendAsync(_queue.Url, new SqsOutgoing("x")));

        Assert.Equal((SqsFailure.CredentialsRefused, code, false), (refused.Failure, refused.Code, refused.MayPass));
        Assert.DoesNotContain("THE-", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_signed_for_the_service_and_carry_the_token()
    {
        string? authorization = null, token = null, target = null, type = null;
        _proxy.PlanAlways("GetQueueUrl", (request, forward) =>
        {
            (authorization, token, target, type) = (request.Headers.Authorization, request.Headers["X-Amz-Security-Token"], request.Headers["X-Amz-Target"], request.ContentType);
            return forward()!;
        });
        using var client = TestQueue.Open(_proxy.Endpoint, static options => (options.AccessKey, options.SecretKey, options.SessionToken) = ("THE-KEY", "THE-SECRET", "THE-TOKEN"));
        await client.GetQueueUrlAsync(_queue.Name);

        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=THE-KEY/", authorization, StringComparison.Ordinal);
        Assert.Contains("/us-east-1/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=", authorization, StringComparison.Ordinal);
        Assert.Equal(("THE-TOKEN", "AmazonSQS.GetQueueUrl", "application/x-amz-json-1.0"), (token, target, type));
    }

    [Theory]
    [InlineData("RequestTimeTooSkewed")]
    [InlineData("RequestExpired")]
    [InlineData("InvalidSignatureException")]
    public async Task A_wrong_clock_is_noticed_by_the_services_and_put_right_once(string code)
    {
        var right = new DateTimeOffset(2031, 6, 1, 12, 0, 0, TimeSpan.Zero);
        var wrong = new ManualTimeProvider(right - TimeSpan.FromHours(3));
        List<string> dates = [];
        _proxy.PlanAlways("GetQueueUrl", async (request, forward) =>
        {
            var date = request.Headers["X-Amz-Date"].ToString();
            dates.Add(date);
            var sent = DateTimeOffset.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return (sent - right).Duration() < TimeSpan.FromMinutes(5)
                ? await forward()
                : new ProxiedAnswer(HttpStatusCode.Forbidden, "application/x-amz-json-1.0", Encoding.UTF8.GetBytes($$"""{"__type":"com.amazonaws.sqs#{{code}}","message":"Signature expired"}"""))
                {
                    Headers = new Dictionary<string, string> { ["Date"] = right.ToString("R", CultureInfo.InvariantCulture) },
                };
        });
        using var client = TestQueue.Open(_proxy.Endpoint, time: wrong);

        Assert.Equal(_queue.Url, await client.GetQueueUrlAsync(_queue.Name));
        await client.GetQueueUrlAsync(_queue.Name);

        Assert.Equal(["20310601T090000Z", "20310601T120000Z", "20310601T120000Z"], dates);
    }

    [Fact]
    public async Task A_wrong_signature_with_a_right_clock_is_not_tried_again()
    {
        _proxy.RefuseAlways("GetQueueUrl", "InvalidSignatureException", HttpStatusCode.Forbidden);

        var refused = await Assert.ThrowsAsync<SqsException>(() => _client.GetQueueUrlAsync(_queue.Name));

        Assert.Equal((SqsFailure.CredentialsRefused, 1), (refused.Failure, _proxy.Calls["GetQueueUrl"]));
    }

    [Fact]
    public async Task A_lost_answer_leaves_a_standard_queue_with_two_and_a_fifo_queue_with_one()
    {
        await using var fifo = await TestQueue.CreateAsync(fixture, isFifo: true);
        _proxy.LoseAnswerOf("SendMessage");
        await _client.SendAsync(_queue.Url, new SqsOutgoing("x"));
        _proxy.LoseAnswerOf("SendMessage");
        await _client.SendAsync(fifo.Url, new SqsOutgoing("x") { GroupId = "g", DeduplicationId = "d" });

        Assert.Equal((2, 1), ((await _queue.Client.GetQueueAttributesAsync(_queue.Url)).Waiting, (await fifo.Client.GetQueueAttributesAsync(fifo.Url)).Waiting));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Sign in to the hotel's network</html>")]
    [InlineData("[]")]
    [InlineData("""{"QueueUrl":""")]
    [InlineData("""{"QueueUrl":7}""")]
    [InlineData("""{"QueueUrl":null}""")]
    [InlineData("""{"QueueUrl":"\ud800"}""")]
    public async Task An_answer_that_is_not_the_services_is_not_believed(string answer)
    {
        using var hasty = TestQueue.Open(_proxy.Endpoint, static options => options.GiveUpAfter = TimeSpan.Zero);
        _proxy.Rewrite("GetQueueUrl", _ => answer);

        var refused = await Assert.ThrowsAsync<SqsException>(() => hasty.GetQueueUrlAsync(_queue.Name));

        Assert.Equal((SqsFailure.AnswerInvalid, true), (refused.Failure, refused.MayPass));
        _proxy.Rewrite("GetQueueUrl", _ => answer);
        Assert.Equal(_queue.Url, await _client.GetQueueUrlAsync(_queue.Name));
    }

    [Theory]
    [InlineData(HttpStatusCode.Found, "")]
    [InlineData(HttpStatusCode.Forbidden, "<html>blocked</html>")]
    [InlineData(HttpStatusCode.BadRequest, "{}")]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":17}""")]
    public async Task A_refusal_that_is_not_the_services_is_said_with_its_status(HttpStatusCode status, string body)
    {
        _proxy.Plan("GetQueueUrl", (_, _) => Task.FromResult<ProxiedAnswer?>(new ProxiedAnswer(status, "text/html", Encoding.UTF8.GetBytes(body))));

        var refused = await Assert.ThrowsAsync<SqsException>(() => _client.GetQueueUrlAsync(_queue.Name));

        Assert.Equal((SqsFailure.Other, $"HTTP {(int)status}"), (refused.Failure, refused.Code));
    }

    [Fact]
    public async Task The_header_names_an_error_whose_body_does_not()
    {
        _proxy.Plan("GetQueueUrl", static (_, _) => Task.FromResult<ProxiedAnswer?>(new ProxiedAnswer(HttpStatusCode.BadRequest, "text/plain", [])
        {
            Headers = new Dictionary<string, string> { ["x-amzn-query-error"] = "AWS.SimpleQueueService.NonExistentQueue;Sender" },
        }));

        Assert.Equal(SqsFailure.QueueMissing, (await Assert.ThrowsAsync<SqsException>(() => _client.GetQueueUrlAsync(_queue.Name))).Failure);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_not_read_to_its_end()
    {
        using var small = TestQueue.Open(_proxy.Endpoint, static options => options.MaxMessageBytes = 1024);
        _proxy.Rewrite("ReceiveMessage", static _ => $$"""{"Messages":[],"Filler":"{{new string('x', 4 * 1024 * 1024)}}"}""");

        var refused = await Assert.ThrowsAsync<SqsException>(() => small.ReceiveAsync(_queue.Url, new SqsReceive { Wait = TimeSpan.Zero }));

        Assert.Equal(SqsFailure.AnswerInvalid, refused.Failure);
        Assert.Contains("longer than", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_listens_is_given_up_with_the_address()
    {
        var server = await SqsServer.StartAsync();
        var endpoint = server.Endpoint;
        await server.DisposeAsync();
        using var client = TestQueue.Open(endpoint, static options => options.GiveUpAfter = TimeSpan.FromMilliseconds(200));

        var unreachable = await Assert.ThrowsAsync<SqsException>(() => client.GetQueueUrlAsync("any"));

        Assert.Equal((SqsFailure.Unreachable, true, null), (unreachable.Failure, unreachable.MayPass, unreachable.Code));
        Assert.Contains(endpoint, unreachable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_wait_for_a_service_that_comes_back()
    {
        await using var server = await SqsServer.StartAsync();
        using var client = TestQueue.Open(server.Endpoint, static options => options.GiveUpAfter = TimeSpan.FromMinutes(2));
        await server.StopAsync();

        var created = client.CreateQueueAsync("later");
        await server.StartAgainAsync();

        Assert.EndsWith("/later", await created, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_without_an_answer_ends_at_its_limit_and_one_that_is_cancelled_at_once()
    {
        using var hasty = TestQueue.Open(_proxy.Endpoint, static options => (options.CallTimeout, options.GiveUpAfter) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300)));
        using var cancel = new CancellationTokenSource();
        _proxy.PlanAlways("GetQueueUrl", static async (request, _) =>
        {
            await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        });

        var late = await Assert.ThrowsAsync<SqsException>(() => hasty.GetQueueUrlAsync(_queue.Name));
        Assert.Equal(SqsFailure.Unreachable, late.Failure);
        Assert.Contains("no answer within", late.Message, StringComparison.Ordinal);

        var waiting = _client.GetQueueUrlAsync(_queue.Name, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    private async Task<SqsException> FailureOfAsync(string operation, string queueUrl)
    {
        switch (operation)
        {
            case "SendMessageBatch":
                return Assert.Single(await _client.SendBatchAsync(queueUrl, [new SqsOutgoing("x")])).Error!;
            case "DeleteMessageBatch":
                return Assert.Single(await _client.DeleteBatchAsync(queueUrl, ["receipt"]))!;
            case "ChangeMessageVisibilityBatch":
                return Assert.Single(await _client.ChangeVisibilityBatchAsync(queueUrl, [new VisibilityChange("receipt", TimeSpan.Zero)]))!;
            default:
                return await Assert.ThrowsAsync<SqsException>(() => operation switch
                {
                    "GetQueueUrl" => _client.GetQueueUrlAsync(queueUrl.Split('/')[^1]),
                    "GetQueueAttributes" => _client.GetQueueAttributesAsync(queueUrl),
                    "SetQueueAttributes" => _client.SetQueueAttributesAsync(queueUrl, new() { Delay = TimeSpan.Zero }),
                    "SendMessage" => _client.SendAsync(queueUrl, new SqsOutgoing("x")),
                    "ReceiveMessage" => _client.ReceiveAsync(queueUrl),
                    "DeleteMessage" => _client.DeleteAsync(queueUrl, "receipt"),
                    "ChangeMessageVisibility" => _client.ChangeVisibilityAsync(queueUrl, "receipt", TimeSpan.Zero),
                    "PurgeQueue" => _client.PurgeQueueAsync(queueUrl),
                    _ => throw new ArgumentOutOfRangeException(nameof(operation)),
                });
        }
    }
}
