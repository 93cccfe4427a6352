using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Serialization.Invocation;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

public sealed class InterleavingTests
{
    [Fact]
    public async Task A_request_waits_until_the_running_one_has_ended()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IGateGrain>(1);
        var waiting = grain.WaitForOpen();
        var plain = grain.Plain();
        await Task.Delay(50);
        Assert.False(plain.IsCompleted);
        await grain.OpenAlways();
        await Task.WhenAll(waiting, plain);
    }

    [Fact]
    public async Task A_method_that_always_interleaves_overtakes_requests_that_wait()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IGateGrain>(1);
        var waiting = grain.WaitForOpen();
        var queued = Enumerable.Range(0, 5).Select(_ => grain.Plain()).ToArray();
        await grain.OpenAlways().WaitAsync(TimeSpan.FromSeconds(5));
        await Task.WhenAll([waiting, .. queued]);
    }

    [Fact]
    public async Task A_request_goes_beside_one_that_always_interleaves()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IGateGrain>(1);
        var waiting = grain.WaitForOpenAlways();
        await grain.Plain().WaitAsync(TimeSpan.FromSeconds(5));
        await grain.OpenAlways();
        await waiting;
    }

    [Fact]
    public async Task Read_only_requests_go_beside_each_other_and_not_beside_others()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IGateGrain>(1);
        var reading = grain.ReadWhenOpen();
        var other = grain.ReadWhenOpen();
        var writing = grain.Plain();
        await Eventually.Holds(async () => await grain.ReadersAlways() == 2, "two readers are inside");
        Assert.False(writing.IsCompleted);
        await grain.OpenAlways();
        await Task.WhenAll(reading, other, writing);
    }

    [Fact]
    public async Task A_read_only_request_waits_for_one_that_writes()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IGateGrain>(1);
        var writing = grain.WaitForOpen();
        var reading = grain.Read();
        await Task.Delay(50);
        Assert.False(reading.IsCompleted);
        await grain.OpenAlways();
        await Task.WhenAll(writing, reading);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_the_predicate_admits_goes_beside_a_running_one(bool byInstanceMethod)
    {
        await using var silo = await TestSilo.StartAsync();
        IPredicateGrain grain = byInstanceMethod ? silo.Grains.GetGrain<IPredicateGrain>(1, typeof(InstancePredicateGrain).FullName) : silo.Grains.GetGrain<IPredicateGrain>(1, typeof(StaticPredicateGrain).FullName);
        var waiting = grain.Call("wait");
        var blocked = grain.Call("plain");
        await grain.Call("interleave").WaitAsync(TimeSpan.FromSeconds(5));
        Assert.False(blocked.IsCompleted);
        await grain.Call("interleave-open");
        await Task.WhenAll(waiting, blocked);
    }

    [Fact]
    public async Task A_cycle_of_calls_without_reentrancy_ends_in_a_timeout()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(600)));
        await Assert.ThrowsAsync<TimeoutException>(() => silo.Get<ICycleGrain>(1).CallOther(2, back: 1, allow: false));
    }

    [Fact]
    public async Task A_chain_with_an_open_section_comes_back_in()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("back in 1", await silo.Get<ICycleGrain>(1).CallOther(2, back: 1, allow: true).WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task An_open_section_admits_its_own_chain_only()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ICycleGrain>(1);
        var inside = grain.HoldOpenSection();
        var stranger = grain.Back();
        await Task.Delay(50);
        Assert.False(stranger.IsCompleted);
        await grain.Release();
        await Task.WhenAll(inside, stranger);
    }

    [Fact]
    public async Task A_suppressed_chain_does_not_come_back_in()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(600)));
        await Assert.ThrowsAsync<TimeoutException>(() => silo.Get<ICycleGrain>(1).CallOtherSuppressed(2, back: 1));
    }
}

public interface IGateGrain : IGrainWithIntegerKey
{
    Task WaitForOpen();

    Task Plain();

    [AlwaysInterleave]
    Task WaitForOpenAlways();

    [AlwaysInterleave]
    Task OpenAlways();

    [ReadOnly]
    Task ReadWhenOpen();

    [ReadOnly]
    Task Read();

    [AlwaysInterleave]
    Task<int> ReadersAlways();
}

internal sealed class GateGrain : Grain, IGateGrain
{
    private readonly TaskCompletionSource _open = new();
    private int _readers;

    public Task WaitForOpen() => _open.Task;

    public Task Plain() => Task.CompletedTask;

    public Task WaitForOpenAlways() => _open.Task;

    public Task OpenAlways()
    {
        _open.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task ReadWhenOpen()
    {
        _readers++;
        await _open.Task;
        _readers--;
    }

    public Task Read() => Task.CompletedTask;

    public Task<int> ReadersAlways() => Task.FromResult(_readers);
}

public interface IPredicateGrain : IGrainWithIntegerKey
{
    Task Call(string what);
}

internal abstract class PredicateGrain : Grain, IPredicateGrain
{
    private readonly TaskCompletionSource _open = new();

    public Task Call(string what)
    {
        if (what == "interleave-open") _open.TrySetResult();
        return what == "wait" ? _open.Task : Task.CompletedTask;
    }

    protected static bool StartsWithInterleave(IInvokable request) => ((string)request.GetArgument(0)!).StartsWith("interleave", StringComparison.Ordinal);
}

[MayInterleave(nameof(Admit))]
internal sealed class StaticPredicateGrain : PredicateGrain
{
    public static bool Admit(IInvokable request) => StartsWithInterleave(request);
}

[MayInterleave(nameof(Admit))]
internal sealed class InstancePredicateGrain : PredicateGrain
{
    private readonly string _prefix = "interleave";

    public bool Admit(IInvokable request) => ((string)request.GetArgument(0)!).StartsWith(_prefix, StringComparison.Ordinal);
}

public interface ICycleGrain : IGrainWithIntegerKey
{
    Task<string> CallOther(long other, long back, bool allow);

    Task<string> CallOtherSuppressed(long other, long back);

    Task<string> CallBack(long back);

    Task<string> Back();

    Task HoldOpenSection();

    [AlwaysInterleave]
    Task Release();
}

internal sealed class CycleGrain : Grain, ICycleGrain
{
    private readonly TaskCompletionSource _release = new();

    public async Task<string> CallOther(long other, long back, bool allow)
    {
        if (!allow) return await GrainFactory.GetGrain<ICycleGrain>(other).CallBack(back);
        using var section = RequestContext.AllowCallChainReentrancy();
        return await GrainFactory.GetGrain<ICycleGrain>(other).CallBack(back);
    }

    public async Task<string> CallOtherSuppressed(long other, long back)
    {
        using var section = RequestContext.AllowCallChainReentrancy();
        using var suppressed = RequestContext.SuppressCallChainReentrancy();
        return await GrainFactory.GetGrain<ICycleGrain>(other).CallBack(back);
    }

    public Task<string> CallBack(long back) => GrainFactory.GetGrain<ICycleGrain>(back).Back();

    public Task<string> Back() => Task.FromResult($"back in {this.GetPrimaryKeyLong()}");

    public async Task HoldOpenSection()
    {
        using var section = RequestContext.AllowCallChainReentrancy();
        await _release.Task;
    }

    public Task Release()
    {
        _release.TrySetResult();
        return Task.CompletedTask;
    }
}
