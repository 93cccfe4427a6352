using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;
using OrleansShop.Engine.Calls;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

public sealed class CallTests
{
    [Fact]
    public async Task Every_kind_of_return_value_comes_back()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ICallGrain>(1);
        await grain.TaskMethod();
        Assert.Equal(3, await grain.TaskOfMethod(3));
        await grain.ValueTaskMethod();
        Assert.Equal("3", await grain.ValueTaskOfMethod("3"));
        Assert.Equal("Int32:5", await grain.Generic(5));
        Assert.Null(await grain.Nothing());
    }

    [Fact]
    public async Task An_exception_comes_back_with_its_type_its_message_and_where_it_was_thrown()
    {
        await using var silo = await TestSilo.StartAsync();
        foreach (var async in new[] { true, false })
        {
            var failure = await Assert.ThrowsAsync<CallFailedException>(() => silo.Get<ICallGrain>(1).Fail("because", async));
            Assert.Equal("because", failure.Message);
            Assert.Contains(nameof(CallGrain), failure.StackTrace!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_caller_may_change_an_argument_after_the_call_and_the_grain_its_result()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ICallGrain>(1);
        var list = new List<int> { 1, 2 };
        var calling = grain.Keep(list);
        list.Add(3);
        await calling;
        var first = await grain.Kept();
        Assert.Equal([1, 2], first);
        first.Add(4);
        Assert.Equal([1, 2], await grain.Kept());
    }

    [Fact]
    public async Task An_immutable_argument_is_passed_as_it_is()
    {
        await using var silo = await TestSilo.StartAsync();
        var list = new List<int> { 1 };
        var same = await silo.Get<ICallGrain>(1).KeepImmutable(list.AsImmutable());
        Assert.Same(list, same.Value);
    }

    [Fact]
    public async Task A_one_way_call_completes_without_an_answer_and_its_exception_is_not_the_callers()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ICallGrain>(1);
        var calling = grain.OneWay();
        Assert.True(calling.IsCompletedSuccessfully);
        grain.OneWayVoid();
        await grain.OneWayFail();
        await Eventually.Holds(async () => await grain.OneWays() == 2, "both one-way calls have run");
        Assert.Equal(0, silo.Services.GetRequiredService<PendingCalls>().Count);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_a_timeout_that_names_the_call()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(300)));
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => silo.Get<ICallGrain>(7).WaitFor(TimeSpan.FromSeconds(2)));
        Assert.Contains("WaitFor on call/7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_may_have_a_timeout_of_its_own()
    {
        await using var silo = await TestSilo.StartAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => silo.Get<ICallGrain>(1).WaitImpatiently(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task The_request_context_goes_with_calls_and_does_not_come_back()
    {
        await using var silo = await TestSilo.StartAsync();
        RequestContext.Set("who", "me");
        Assert.Equal("me, me", await silo.Get<ICallGrain>(1).ReadContextHereAndThere(2));
        await silo.Get<ICallGrain>(1).SetContext("who", "grain");
        Assert.Equal("me", RequestContext.Get("who"));
        RequestContext.Clear();
        Assert.Equal("nobody, nobody", await silo.Get<ICallGrain>(1).ReadContextHereAndThere(2));
    }

    [Fact]
    public async Task A_call_to_a_grain_type_that_the_silo_does_not_host_says_what_it_hosts()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<GrainTypeOptions>(options => options.Classes.Add(typeof(CallGrain))));
        var unknown = Assert.Throws<ArgumentException>(() => silo.Get<Activations.IGateGrain>(1));
        Assert.Contains("IGateGrain", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("CallGrain", unknown.Message, StringComparison.Ordinal);
        var stray = silo.Grains.GetGrain<ICallGrain>(GrainId.Create("elsewhere", "1"));
        var failure = await Assert.ThrowsAnyAsync<OrleansException>(() => stray.TaskMethod());
        Assert.Contains("\"elsewhere\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_waits_any_more_when_all_calls_have_ended()
    {
        await using var silo = await TestSilo.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(key => silo.Get<ICallGrain>(key % 7).TaskOfMethod(key)));
        Assert.Equal(0, silo.Services.GetRequiredService<PendingCalls>().Count);
    }
}

[GenerateSerializer]
public sealed class CallFailedException(string message) : Exception(message);

public interface ICallGrain : IGrainWithIntegerKey
{
    Task TaskMethod();

    Task<int> TaskOfMethod(int value);

    ValueTask ValueTaskMethod();

    ValueTask<string> ValueTaskOfMethod(string value);

    Task<string> Generic<T>(T value);

    Task<string?> Nothing();

    Task Fail(string message, bool async);

    Task Keep(List<int> list);

    Task<List<int>> Kept();

    Task<Immutable<List<int>>> KeepImmutable(Immutable<List<int>> list);

    [OneWay]
    Task OneWay();

    [OneWay]
    void OneWayVoid();

    [OneWay]
    Task OneWayFail();

    Task<int> OneWays();

    Task WaitFor(TimeSpan time);

    [ResponseTimeout("00:00:00.300")]
    Task WaitImpatiently(TimeSpan time);

    Task<string> ReadContextHereAndThere(long other);

    Task SetContext(string key, string value);
}

internal sealed class CallGrain : Grain, ICallGrain
{
    private List<int> _kept = [];
    private int _oneWays;

    public Task TaskMethod() => Task.CompletedTask;

    public async Task<int> TaskOfMethod(int value)
    {
        await Task.Yield();
        return value;
    }

    public ValueTask ValueTaskMethod() => default;

    public async ValueTask<string> ValueTaskOfMethod(string value)
    {
        await Task.Yield();
        return value;
    }

    public Task<string> Generic<T>(T value) => Task.FromResult($"{typeof(T).Name}:{value}");

    public Task<string?> Nothing() => Task.FromResult<string?>(null);

    public Task Fail(string message, bool async) => async ? FailLater(message) : throw new CallFailedException(message);

    public Task Keep(List<int> list)
    {
        _kept = list;
        return Task.CompletedTask;
    }

    public Task<List<int>> Kept() => Task.FromResult(_kept);

    public Task<Immutable<List<int>>> KeepImmutable(Immutable<List<int>> list) => Task.FromResult(list);

    public Task OneWay()
    {
        _oneWays++;
        return Task.CompletedTask;
    }

    public void OneWayVoid() => _oneWays++;

    public Task OneWayFail() => throw new CallFailedException("nobody sees this");

    public Task<int> OneWays() => Task.FromResult(_oneWays);

    public Task WaitFor(TimeSpan time) => Task.Delay(time);

    public Task WaitImpatiently(TimeSpan time) => Task.Delay(time);

    public async Task<string> ReadContextHereAndThere(long other)
    {
        var here = RequestContext.Get("who") ?? "nobody";
        return other == 0 ? $"{here}" : $"{here}, {await GrainFactory.GetGrain<ICallGrain>(other).ReadContextHereAndThere(0)}";
    }

    public Task SetContext(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    private static async Task FailLater(string message)
    {
        await Task.Yield();
        throw new CallFailedException(message);
    }
}
