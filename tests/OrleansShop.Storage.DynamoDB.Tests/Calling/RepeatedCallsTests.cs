using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.DynamoDB.Calling;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Storage.DynamoDB.Tests.Calling;

public sealed class RepeatedCallsTests
{
    private static readonly CallPolicy Policy = new(
        GiveUpAfter: TimeSpan.FromSeconds(10), AttemptTimeout: TimeSpan.FromSeconds(3), FirstPause: TimeSpan.FromMilliseconds(100), LongestPause: TimeSpan.FromSeconds(1));

    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string> PassingFailures() =>
        ["throughput", "throttling", "500", "503", "429", "refused", "transaction conflict", "expired credentials"];

    [Theory]
    [MemberData(nameof(PassingFailures))]
    public async Task What_passes_is_sent_again(string failure)
    {
        var sent = 0;
        var answer = Calls(draw: 0).SendAsync("PutItem", "table", Policy, _ => ++sent < 3 ? throw Passing(failure) : Task.FromResult("done"), CancellationToken.None);
        await AdvanceUntilEnded(answer, TimeSpan.FromMilliseconds(1));

        Assert.Equal("done", await answer);
        Assert.Equal(3, sent);
    }

    [Fact]
    public async Task Pauses_double_up_to_the_longest_and_are_a_drawn_part_of_that()
    {
        var at = new List<double>();
        var start = _time.GetUtcNow();
        var answer = Calls(draw: 0.5).SendAsync<string>(
            "PutItem", "table", Policy,
            _ =>
            {
                at.Add((_time.GetUtcNow() - start).TotalMilliseconds);
                throw Passing("throttling");
            },
            CancellationToken.None);
        await AdvanceUntilEnded(answer, TimeSpan.FromMilliseconds(50));

        Assert.Equal([0, 50, 150, 350, 750, 1250, 1750], at.Take(7));
        var given = await Assert.ThrowsAsync<DynamoDBTableException>(() => answer);
        Assert.True(given.MayPass);
        Assert.Contains("PutItem", given.Message, StringComparison.Ordinal);
        Assert.Contains("\"table\" at nowhere", given.Message, StringComparison.Ordinal);
        Assert.Contains($"{at.Count} times", given.Message, StringComparison.Ordinal);
        Assert.IsType<ThrottlingException>(given.InnerException);
        Assert.InRange(at[^1], 9000, 10_000);
    }

    [Fact]
    public async Task A_try_without_an_answer_ends_at_its_limit()
    {
        var sent = 0;
        var answer = Calls(draw: 0).SendAsync(
            "GetItem", "table", Policy,
            async token =>
            {
                if (++sent == 1) await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return "done";
            },
            CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(1, sent);
        await AdvanceUntilEnded(answer, TimeSpan.FromMilliseconds(100));

        Assert.Equal("done", await answer);
        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_kept_waiting()
    {
        using var cancel = new CancellationTokenSource();
        var answer = Calls(draw: 0.9).SendAsync<string>("GetItem", "table", Policy, _ => throw Passing("throttling"), cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_failed_condition_is_its_callers_business()
    {
        var sent = 0;
        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => Calls(draw: 0).SendAsync<string>(
            "PutItem", "table", Policy, _ => throw (++sent > 0 ? new ConditionalCheckFailedException("no") : null!), CancellationToken.None));
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task A_missing_permission_is_named_with_the_table_and_the_place()
    {
        var refused = await Assert.ThrowsAsync<DynamoDBTableException>(() => Calls(draw: 0).SendAsync<string>(
            "UpdateItem", "table", Policy, _ => throw Service("AccessDeniedException", HttpStatusCode.BadRequest), CancellationToken.None));

        Assert.False(refused.MayPass);
        Assert.Contains("dynamodb:UpdateItem on the table \"table\" at nowhere", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_is_named()
    {
        var refused = await Assert.ThrowsAsync<DynamoDBTableException>(() => Calls(draw: 0).SendAsync<string>(
            "GetItem", "table", Policy, static _ => throw new ResourceNotFoundException("Requested resource not found"), CancellationToken.None));

        Assert.Contains("\"table\" does not exist at nowhere", refused.Message, StringComparison.Ordinal);
    }

    private RepeatedCalls Calls(double draw) => new(CalledTables.Instance, "nowhere", _time, NullLogger.Instance, () => draw);

    // The code under test runs on other threads: time goes on in small steps until it is through.
    private async Task AdvanceUntilEnded(Task task, TimeSpan step)
    {
        for (var steps = 0; !task.IsCompleted; steps++)
        {
            Assert.True(steps < 20_000, "It does not end.");
            for (var turn = 0; turn < 20; turn++) await Task.Yield();
            await Task.Delay(1);
            _time.Advance(step);
        }
    }

    private static Exception Passing(string failure) => failure switch
    {
        "throughput" => new ProvisionedThroughputExceededException("slow down"),
        "throttling" => new ThrottlingException("slow down"),
        "500" => new InternalServerErrorException("oh"),
        "503" => Service("ServiceUnavailable", HttpStatusCode.ServiceUnavailable),
        "429" => Service("Whatever", HttpStatusCode.TooManyRequests),
        "refused" => new HttpRequestException("connection refused"),
        "transaction conflict" => new TransactionCanceledException("no") { CancellationReasons = [new() { Code = "None" }, new() { Code = "TransactionConflict" }] },
        "expired credentials" => Service("ExpiredTokenException", HttpStatusCode.BadRequest),
        _ => throw new ArgumentOutOfRangeException(nameof(failure)),
    };

    private static AmazonDynamoDBException Service(string code, HttpStatusCode status) => new($"{code} it is", ErrorType.Sender, code, "request", status);
}
