using Orleans.TestingHost.Utils;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Waiting;

public sealed class TestingUtilsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_wait_ends_when_the_condition_holds()
    {
        var looks = 0;
        await TestingUtils.WaitUntilAsync(_ => Task.FromResult(++looks == 3), Long, Step);
        Assert.Equal(3, looks);
    }

    [Fact]
    public async Task The_last_attempt_is_announced_and_the_error_says_what_was_waited_for()
    {
        var announced = false;
        var error = await Assert.ThrowsAsync<TimeoutException>(() => TestingUtils.WaitUntilAsync(
            (isLast, _) => Task.FromResult((announced |= isLast) && false), Short, Step, TestContext.Current.CancellationToken));

        Assert.True(announced);
        Assert.Contains("announced |= isLast", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_that_is_given_up_is_cancelled_and_does_not_time_out()
    {
        using var cancelled = new CancellationTokenSource();
        var wait = TestingUtils.WaitUntilSucceededAsync(_ => Task.FromResult(false), Long, Step, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task A_result_handle_passes_on_what_the_other_side_says()
    {
        var handle = new AsyncResultHandle();
        Assert.False(await handle.WaitForFinished(Short));
        handle.Done = true;
        Assert.True(await handle.WaitForFinished(Long));

        handle.Exception = new InvalidOperationException("the other side failed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => handle.WaitForContinue(Long));
        handle.Reset();
        Assert.False(handle.Done);
        Assert.Null(handle.Exception);
    }
}
