using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

public sealed class TimerTests
{
    [Fact]
    public async Task A_timer_ticks_when_due_and_then_once_a_period()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Get<ITimerGrain>(1);
        await grain.Start(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), interleave: false, keepAlive: false);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, await grain.Ticks());
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await grain.Ticks() == 1, "the first tick has run");
        time.Advance(TimeSpan.FromSeconds(30));
        await Eventually.Holds(async () => await grain.Ticks() == 2, "the second tick has run");
    }

    [Fact]
    public async Task The_period_counts_from_the_end_of_a_tick()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Get<ITimerGrain>(1);
        await grain.StartBlocked(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await grain.TicksAlways() == 1, "the tick has begun");
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, await grain.TicksAlways());
        await grain.Release();
        await grain.Ticks();
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, await grain.Ticks());
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await grain.Ticks() == 2, "the second tick has run");
    }

    [Fact]
    public async Task A_tick_waits_for_the_running_request_unless_it_interleaves()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var plain = silo.Get<ITimerGrain>(1);
        var interleaving = silo.Get<ITimerGrain>(2);
        await plain.Start(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan, interleave: false, keepAlive: false);
        await interleaving.Start(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan, interleave: true, keepAlive: false);
        var first = plain.Block();
        var second = interleaving.Block();
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await interleaving.TicksAlways() == 1, "the interleaving tick has run");
        Assert.Equal(0, await plain.TicksAlways());
        await plain.Release();
        await interleaving.Release();
        await Task.WhenAll(first, second);
        await Eventually.Holds(async () => await plain.Ticks() == 1, "the tick has run after the request");
    }

    [Fact]
    public async Task A_timer_keeps_a_grain_alive_only_if_it_says_so()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        await silo.Get<ITimerGrain>(1).Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), interleave: false, keepAlive: true);
        await silo.Get<ITimerGrain>(2).Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), interleave: false, keepAlive: false);
        for (var minute = 0; minute < 40; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(5);
        }

        await Eventually.Holds(() => silo.Catalog.Count == 1, $"only the grain with KeepAlive is there; {silo.Catalog.Count} are");
    }

    [Fact]
    public async Task An_exception_in_a_tick_does_not_end_the_timer()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Get<ITimerGrain>(1);
        await grain.StartFailing(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        for (var tick = 1; tick <= 3; tick++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            var expected = tick;
            await Eventually.Holds(async () => await grain.Ticks() == expected, $"tick {expected} has run");
        }
    }

    [Fact]
    public async Task A_disposed_timer_does_not_tick_and_cancels_its_token()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Get<ITimerGrain>(1);
        await grain.StartBlocked(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await grain.TicksAlways() == 1, "the tick has begun");
        await grain.DisposeTimerAlways();
        await Eventually.Holds(async () => await grain.WasCancelled(), "the tick was cancelled");
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await grain.Ticks());
    }

    [Fact]
    public async Task Change_sets_a_new_due_time()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Get<ITimerGrain>(1);
        await grain.Start(TimeSpan.FromHours(1), TimeSpan.FromHours(1), interleave: false, keepAlive: false);
        await grain.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.Holds(async () => await grain.Ticks() == 1, "the tick has run at its new time");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Change_while_a_tick_waits_for_its_turn_leaves_one_tick_that_no_other_overlaps(bool interleave)
    {
        await using var silo = await TestSilo.StartAsync(time: new ManualTimeProvider());
        var grain = silo.Get<ITimerGrain>(1);
        await grain.StartBlockedWith(interleave);

        await grain.QueueTickAndChange(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

        await Eventually.Holds(async () => await grain.TicksAlways() > 0, "the tick has begun");
        await grain.TurnsAlways(20);
        Assert.Equal(1, await grain.TicksAlways());
        await grain.Release();
        await grain.Ticks();
        Assert.Equal(1, await grain.Ticks());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Change_replaces_a_tick_that_waits_for_its_turn(bool interleave)
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Get<ITimerGrain>(1);
        await grain.Start(TimeSpan.FromMinutes(8), Timeout.InfiniteTimeSpan, interleave, keepAlive: false);

        await grain.QueueTickAndChange(TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await grain.TurnsAlways(20);
        Assert.Equal(0, await grain.Ticks());
        time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.Holds(async () => await grain.Ticks() == 1, "the tick has run at its new time");

        await grain.QueueTickAndChange(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromMinutes(10));
        await grain.TurnsAlways(20);
        Assert.Equal(1, await grain.Ticks());
    }

    [Fact]
    public async Task A_timer_that_was_changed_while_a_tick_waited_goes_on_with_its_period()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Get<ITimerGrain>(1);
        await grain.Start(TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), interleave: true, keepAlive: false);
        await grain.QueueTickAndChange(TimeSpan.Zero, TimeSpan.Zero);
        for (var tick = 1; tick <= 3; tick++)
        {
            var expected = tick;
            time.Advance(TimeSpan.Zero);
            await Eventually.Holds(async () => await grain.Ticks() == expected, $"tick {expected} has run");
            time.Advance(TimeSpan.FromSeconds(9));
            await grain.TurnsAlways(5);
            Assert.Equal(expected, await grain.Ticks());
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Change_during_a_tick_counts_from_its_end_and_the_last_one_holds()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        var grain = silo.Get<ITimerGrain>(1);
        await grain.StartBlocked(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await grain.TicksAlways() == 1, "the tick has begun");
        await grain.ChangeAlways(TimeSpan.Zero, TimeSpan.Zero);
        await grain.ChangeAlways(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromSeconds(60));
        await grain.TurnsAlways(5);
        Assert.Equal(1, await grain.TicksAlways());
        await grain.Release();
        await grain.Ticks();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await grain.Ticks());
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => await grain.Ticks() == 2, "the second tick has run");
    }
}

public interface ITimerGrain : IGrainWithIntegerKey
{
    Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive);

    Task StartBlocked(TimeSpan due, TimeSpan period);

    Task StartFailing(TimeSpan due, TimeSpan period);

    /// <summary>Starts a timer that is at rest, and whose ticks last until they are released.</summary>
    Task StartBlockedWith(bool interleave);

    Task Change(TimeSpan due, TimeSpan period);

    /// <summary>Changes the timer to each of the due times, in one turn; a due time of zero is over, and its tick waits, when the next follows.</summary>
    Task QueueTickAndChange(params TimeSpan[] dues);

    Task<int> Ticks();

    Task<bool> WasCancelled();

    Task Block();

    [Orleans.Concurrency.AlwaysInterleave]
    Task<int> TicksAlways();

    [Orleans.Concurrency.AlwaysInterleave]
    Task ChangeAlways(TimeSpan due, TimeSpan period);

    /// <summary>Lets that many turns of the activation pass, so that what waited has run.</summary>
    [Orleans.Concurrency.AlwaysInterleave]
    Task TurnsAlways(int count);

    [Orleans.Concurrency.AlwaysInterleave]
    Task Release();

    [Orleans.Concurrency.AlwaysInterleave]
    Task DisposeTimerAlways();
}

internal sealed class TimerGrain : Grain, ITimerGrain
{
    private readonly TaskCompletionSource _release = new();
    private IGrainTimer? _timer;
    private TimeSpan _period;
    private int _ticks;
    private bool _wasCancelled;

    public Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive)
    {
        _period = period;
        _timer = this.RegisterGrainTimer(
            () =>
            {
                _ticks++;
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StartBlocked(TimeSpan due, TimeSpan period) => StartBlocked(due, period, interleave: false);

    public Task StartBlockedWith(bool interleave) => StartBlocked(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, interleave);

    private Task StartBlocked(TimeSpan due, TimeSpan period, bool interleave)
    {
        _period = period;
        _timer = this.RegisterGrainTimer(
            async cancellationToken =>
            {
                _ticks++;
                try
                {
                    await _release.Task.WaitAsync(cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    _wasCancelled = true;
                    throw;
                }
            },
            new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing(TimeSpan due, TimeSpan period)
    {
        _timer = this.RegisterGrainTimer<int>(
            (_, _) =>
            {
                _ticks++;
                throw new InvalidOperationException("tick");
            },
            1,
            due,
            period);
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task ChangeAlways(TimeSpan due, TimeSpan period) => Change(due, period);

    public Task QueueTickAndChange(params TimeSpan[] dues)
    {
        var time = (ManualTimeProvider)ServiceProvider.GetRequiredService<TimeProvider>();
        foreach (var due in dues)
        {
            _timer!.Change(due, _period);
            time.Advance(TimeSpan.Zero);
        }

        return Task.CompletedTask;
    }

    public async Task TurnsAlways(int count)
    {
        for (var turn = 0; turn < count; turn++) await Task.Yield();
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task<bool> WasCancelled() => Task.FromResult(_wasCancelled);

    public Task Block() => _release.Task;

    public Task<int> TicksAlways() => Task.FromResult(_ticks);

    public Task Release()
    {
        _release.TrySetResult();
        return Task.CompletedTask;
    }

    public Task DisposeTimerAlways()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }
}
