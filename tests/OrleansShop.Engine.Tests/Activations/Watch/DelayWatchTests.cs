using Orleans.Configuration;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations.Watch;

public sealed class DelayWatchTests
{
    private const int WaitedForThread = 1882;
    private const int WaitedBehindTurn = 1883;
    private const int WorkAfterEnd = 1884;

    [Fact]
    public async Task Work_that_has_waited_behind_a_turn_for_longer_than_the_threshold_is_logged()
    {
        await using var watched = await WatchedSilo.StartAsync();
        var hanging = watched.Grain(1).HoldThread();
        await watched.UntilEntered(1);
        var waiting = watched.Grain(1).AnswerAlways();
        watched.Time.Advance(TimeSpan.FromSeconds(11));
        watched.Gates.Of(1).Open();
        await Task.WhenAll(hanging, waiting);
        var warning = Assert.Single(watched.Log.Of(WaitedBehindTurn));
        Assert.Contains("hold/1", warning, StringComparison.Ordinal);
        Assert.Contains("11000 ms", warning, StringComparison.Ordinal);
        Assert.Contains("10000 ms", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_that_nobody_waits_behind_or_that_is_shorter_delays_nothing()
    {
        await using var watched = await WatchedSilo.StartAsync(silo => silo.Configure<SchedulingOptions>(options => options.DelayWarningThreshold = TimeSpan.FromSeconds(20)));
        var alone = watched.Grain(1).HoldThread();
        await watched.UntilEntered(1);
        watched.Time.Advance(TimeSpan.FromSeconds(30));
        watched.Gates.Of(1).Open();
        await alone;
        var first = watched.Grain(2).HoldThread();
        await watched.UntilEntered(2);
        var waiting = watched.Grain(2).AnswerAlways();
        watched.Time.Advance(TimeSpan.FromSeconds(19));
        watched.Gates.Of(2).Open();
        await Task.WhenAll(first, waiting);
        Assert.Empty(watched.Log.Of(WaitedBehindTurn));
    }

    [Fact]
    public async Task Work_that_has_waited_for_a_thread_for_longer_than_the_threshold_is_logged_once_in_ten_seconds()
    {
        await using var watched = await WatchedSilo.StartAsync();
        await Task.WhenAll(watched.Grain(1).Answer(), watched.Grain(2).Answer());

        // All threads of the pool are kept busy, and more are wanted than it has: what is queued meanwhile waits. Where the pool was faster, it is tried again.
        await Eventually.Holds(
            async () =>
            {
                using var release = new ManualResetEventSlim();
                var blockers = Enumerable.Range(0, ThreadPool.ThreadCount + 4).Select(_ => Task.Run(() => release.Wait(TimeSpan.FromSeconds(20)))).ToArray();
                var calls = new[] { watched.Grain(1).Answer(), watched.Grain(2).Answer() };
                watched.Time.Advance(TimeSpan.FromSeconds(11));
                release.Set();
                await Task.WhenAll([.. blockers, .. calls]);
                return watched.Log.Of(WaitedForThread).Count > 0;
            },
            "a wait is logged");
        var warning = watched.Log.Of(WaitedForThread)[0];
        Assert.Contains("SchedulingOptions.DelayWarningThreshold", warning, StringComparison.Ordinal);
        Assert.Contains("11000 ms", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_an_ended_activation_still_does_is_logged_after_the_interval_and_then_once_in_each()
    {
        await using var watched = await WatchedSilo.StartAsync();
        var grain = watched.Silo.Get<ILeavesWorkGrain>(1);
        await grain.LeaveWork();
        await Eventually.Holds(() => watched.Silo.Catalog.Count == 0, "the activation has ended");
        var gate = watched.Gates.Of(1);
        await Turns(gate, 2);
        Assert.Empty(watched.Log.Of(WorkAfterEnd));
        watched.Time.Advance(TimeSpan.FromSeconds(61));
        await Turns(gate, 3);
        var error = Assert.Single(watched.Log.Of(WorkAfterEnd));
        Assert.Contains("leaveswork/1", error, StringComparison.Ordinal);
        Assert.Contains("61000 ms", error, StringComparison.Ordinal);
        watched.Time.Advance(TimeSpan.FromSeconds(61));
        await Turns(gate, 1);
        Assert.Equal(2, watched.Log.Of(WorkAfterEnd).Count);
    }

    private static Task Turns(Gate gate, int count)
    {
        var wanted = gate.EnteredCount + count;
        return Eventually.Holds(() => gate.EnteredCount >= wanted, "the task that was left behind goes on");
    }
}

public interface ILeavesWorkGrain : IGrainWithIntegerKey
{
    Task LeaveWork();
}

internal sealed class LeavesWorkGrain(Gates gates) : Grain, ILeavesWorkGrain
{
    public Task LeaveWork()
    {
        _ = GoOn(gates.Of(1));
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    // Each round is a turn of the activation, also when that has ended.
    private static async Task GoOn(Gate gate)
    {
        while (!gate.UntilOpen().IsCompleted)
        {
            await Task.Delay(5);
            gate.Entered();
        }
    }
}
