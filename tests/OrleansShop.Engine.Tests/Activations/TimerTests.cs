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
}

public interface ITimerGrain : IGrainWithIntegerKey
{
    Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive);

    Task StartBlocked(TimeSpan due, TimeSpan period);

    Task StartFailing(TimeSpan due, TimeSpan period);

    Task Change(TimeSpan due, TimeSpan period);

    Task<int> Ticks();

    Task<bool> WasCancelled();

    Task Block();

    [Orleans.Concurrency.AlwaysInterleave]
    Task<int> TicksAlways();

    [Orleans.Concurrency.AlwaysInterleave]
    Task Release();

    [Orleans.Concurrency.AlwaysInterleave]
    Task DisposeTimerAlways();
}

internal sealed class TimerGrain : Grain, ITimerGrain
{
    private readonly TaskCompletionSource _release = new();
    private IGrainTimer? _timer;
    private int _ticks;
    private bool _wasCancelled;

    public Task Start(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                _ticks++;
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StartBlocked(TimeSpan due, TimeSpan period)
    {
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
            due,
            period);
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
