using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Calls;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

public sealed class CancellationTests
{
    [Fact]
    public async Task A_call_with_a_cancelled_token_is_not_sent()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ICancellableGrain>(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.Wait(new CancellationToken(canceled: true)));
        Assert.Equal(0, await grain.Started());
    }

    [Fact]
    public async Task Cancelling_ends_the_callers_wait_and_tells_the_grain_in_a_turn()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ICancellableGrain>(1);
        using var source = new CancellationTokenSource();
        var call = grain.Wait(source.Token);
        await Eventually.Holds(async () => await grain.StartedAlways() == 1, "the call runs");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.Holds(async () => await grain.CancelledInTurn() == 1, "the grain was told in a turn of its own");
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_never_starts()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ICancellableGrain>(1);
        using var blocking = new CancellationTokenSource();
        using var queued = new CancellationTokenSource();
        var first = grain.Wait(blocking.Token);
        await Eventually.Holds(async () => await grain.StartedAlways() == 1, "the first call runs");
        var second = grain.Wait(queued.Token);
        await queued.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await blocking.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1, await grain.Started());
        Assert.Equal(0, silo.Services.GetRequiredService<PendingCalls>().Count);
    }

    [Fact]
    public async Task A_token_goes_on_through_a_chain_of_calls()
    {
        await using var silo = await TestSilo.StartAsync();
        using var source = new CancellationTokenSource();
        var call = silo.Get<ICancellableGrain>(1).WaitThrough(2, source.Token);
        await Eventually.Holds(async () => await silo.Get<ICancellableGrain>(2).StartedAlways() == 1, "the last call runs");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.Holds(async () => await silo.Get<ICancellableGrain>(2).CancelledInTurn() == 1, "the last grain was told");
    }

    [Fact]
    public async Task A_token_that_is_not_cancelled_changes_nothing()
    {
        await using var silo = await TestSilo.StartAsync();
        using var source = new CancellationTokenSource();
        Assert.Equal(4, await silo.Get<ICancellableGrain>(1).Twice(2, source.Token));
        await source.CancelAsync();
    }
}

public interface ICancellableGrain : IGrainWithIntegerKey
{
    Task Wait(CancellationToken cancellationToken);

    Task WaitThrough(long other, CancellationToken cancellationToken);

    Task<int> Twice(int value, CancellationToken cancellationToken);

    Task<int> Started();

    [Orleans.Concurrency.AlwaysInterleave]
    Task<int> StartedAlways();

    [Orleans.Concurrency.AlwaysInterleave]
    Task<int> CancelledInTurn();
}

internal sealed class CancellableGrain : Grain, ICancellableGrain
{
    private int _started;
    private int _cancelledInTurn;

    public async Task Wait(CancellationToken cancellationToken)
    {
        _started++;
        var mine = TaskScheduler.Current;
        using var registration = cancellationToken.Register(() =>
        {
            if (ReferenceEquals(TaskScheduler.Current, mine)) _cancelledInTurn++;
        });
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public Task WaitThrough(long other, CancellationToken cancellationToken) => GrainFactory.GetGrain<ICancellableGrain>(other).Wait(cancellationToken);

    public Task<int> Twice(int value, CancellationToken cancellationToken) => Task.FromResult(value * 2);

    public Task<int> Started() => Task.FromResult(_started);

    public Task<int> StartedAlways() => Task.FromResult(_started);

    public Task<int> CancelledInTurn() => Task.FromResult(_cancelledInTurn);
}
