using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

public sealed class TurnTests
{
    [Fact]
    public async Task The_current_scheduler_in_a_turn_belongs_to_the_activation_and_awaits_stay_in_it()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("stayed,stayed,stayed", await silo.Get<ISchedulerGrain>(1).AwaitThreeTimes());
    }

    [Fact]
    public async Task StartNew_and_ContinueWith_stay_in_the_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("stayed,stayed", await silo.Get<ISchedulerGrain>(1).StartNewAndContinueWith());
    }

    [Fact]
    public async Task Task_Run_and_ConfigureAwait_false_leave_the_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("left,left", await silo.Get<ISchedulerGrain>(1).RunAndConfigureAwait());
    }

    [Fact]
    public async Task After_Task_Run_an_await_comes_back_to_the_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("stayed", await silo.Get<ISchedulerGrain>(1).AwaitRun());
    }

    [Fact]
    public async Task Two_turns_of_one_activation_never_run_in_parallel()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ICountingGrain>(1);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++) await grain.Increment();
        })));
        Assert.Equal(64 * 200, await grain.Total());
        Assert.Equal(1, await grain.MostTurnsAtOnce());
    }

    [Fact]
    public async Task A_reentrant_grain_interleaves_requests_but_not_turns()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IReentrantCountingGrain>(1);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await grain.IncrementWithAwaits();
        })));
        Assert.Equal(64 * 100 * 3, await grain.Total());
        Assert.Equal(1, await grain.MostTurnsAtOnce());
    }

    [Fact]
    public async Task A_request_runs_to_its_end_before_the_next_one_starts()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ISlowGrain>(1);
        var first = grain.Work("a");
        var second = grain.Work("b");
        await Task.WhenAll(first, second);
        var log = await grain.Log();
        Assert.Equal(log[0][..1], log[1][..1]);
        Assert.Equal(log[2][..1], log[3][..1]);
    }

    [Fact]
    public async Task An_async_local_that_one_request_sets_is_not_seen_by_the_next()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IAsyncLocalGrain>(1);
        for (var i = 0; i < 10; i++) Assert.Null(await grain.SetAndReturnPrevious("value"));
    }

    [Fact]
    public async Task A_flood_of_calls_from_many_threads_loses_none()
    {
        await using var silo = await TestSilo.StartAsync();
        var grains = Enumerable.Range(0, 20).Select(key => silo.Get<ICountingGrain>(key)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) await Task.WhenAll(grains.Select(grain => grain.Increment()));
        })));
        foreach (var grain in grains) Assert.Equal(16 * 50, await grain.Total());
    }
}

public interface ISchedulerGrain : IGrainWithIntegerKey
{
    Task<string> AwaitThreeTimes();

    Task<string> StartNewAndContinueWith();

    Task<string> RunAndConfigureAwait();

    Task<string> AwaitRun();
}

internal sealed class SchedulerGrain : Grain, ISchedulerGrain
{
    private TaskScheduler _mine = TaskScheduler.Default;

    public async Task<string> AwaitThreeTimes()
    {
        Remember();
        var seen = new List<string>();
        await Task.Yield();
        seen.Add(Where());
        await Task.Delay(1);
        seen.Add(Where());
        await GrainFactory.GetGrain<ICountingGrain>(77).Increment();
        seen.Add(Where());
        return string.Join(',', seen);
    }

    public async Task<string> StartNewAndContinueWith()
    {
        Remember();
#pragma warning disable CA2008 // That the current scheduler is taken is what the test is about.
        var started = await Task.Factory.StartNew(Where);
        var continued = await Task.CompletedTask.ContinueWith(_ => Where());
#pragma warning restore CA2008
        return $"{started},{continued}";
    }

    public async Task<string> RunAndConfigureAwait()
    {
        Remember();
        var run = await Task.Run(Where);
        await Task.Delay(1).ConfigureAwait(false);
        return $"{run},{Where()}";
    }

    public async Task<string> AwaitRun()
    {
        Remember();
        await Task.Run(static () => { });
        return Where();
    }

    private void Remember()
    {
        _mine = TaskScheduler.Current;
        Assert.NotSame(TaskScheduler.Default, _mine);
    }

    private string Where() => ReferenceEquals(TaskScheduler.Current, _mine) ? "stayed" : "left";
}

public interface ICountingGrain : IGrainWithIntegerKey
{
    Task Increment();

    Task<int> Total();

    Task<int> MostTurnsAtOnce();
}

internal class CountingGrain : Grain, ICountingGrain
{
    private int _total;
    private int _inside;
    private int _most;

    public Task Increment()
    {
        Count();
        return Task.CompletedTask;
    }

    public Task<int> Total() => Task.FromResult(_total);

    public Task<int> MostTurnsAtOnce() => Task.FromResult(_most);

    protected void Count()
    {
        _most = Math.Max(_most, Interlocked.Increment(ref _inside));
        _total++;
        Thread.SpinWait(20);
        Interlocked.Decrement(ref _inside);
    }
}

public interface IReentrantCountingGrain : ICountingGrain
{
    Task IncrementWithAwaits();
}

[Orleans.Concurrency.Reentrant]
internal sealed class ReentrantCountingGrain : CountingGrain, IReentrantCountingGrain
{
    public async Task IncrementWithAwaits()
    {
        Count();
        await Task.Yield();
        Count();
        await Task.Yield();
        Count();
    }
}

public interface ISlowGrain : IGrainWithIntegerKey
{
    Task Work(string name);

    Task<List<string>> Log();
}

internal sealed class SlowGrain : Grain, ISlowGrain
{
    private readonly List<string> _log = [];

    public async Task Work(string name)
    {
        _log.Add($"{name} begins");
        await Task.Delay(30);
        _log.Add($"{name} ends");
    }

    public Task<List<string>> Log() => Task.FromResult(_log);
}

public interface IAsyncLocalGrain : IGrainWithIntegerKey
{
    Task<string?> SetAndReturnPrevious(string value);
}

internal sealed class AsyncLocalGrain : Grain, IAsyncLocalGrain
{
    private static readonly AsyncLocal<string?> s_local = new();

    public Task<string?> SetAndReturnPrevious(string value)
    {
        var previous = s_local.Value;
        s_local.Value = value;
        return Task.FromResult(previous);
    }
}
