using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
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

    [Fact]
    public async Task With_acknowledgement_a_cancelled_call_ends_with_what_the_grain_makes_of_it()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.WaitForCancellationAcknowledgement = true));
        var grain = silo.Get<ICancellableGrain>(1);
        using var source = new CancellationTokenSource();
        var call = grain.FinishWhenCancelled(source.Token);
        await Eventually.Holds(async () => await grain.StartedAlways() == 1, "the call runs");
        using var queued = new CancellationTokenSource();
        var second = grain.Wait(queued.Token);
        await queued.CancelAsync();

        // The one that waits is taken out of the queue, and need not wait for its turn to be told.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(TimeSpan.FromSeconds(20)));
        await source.CancelAsync();
        Assert.Equal(7, await call);
        Assert.Equal(1, await grain.Started());
    }

    [Fact]
    public async Task A_timeout_cancels_the_callee_if_the_options_say_so()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = TimeSpan.FromMilliseconds(500);
            options.CancelRequestOnTimeout = true;
        }));
        var grain = silo.Get<ICancellableGrain>(1);
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAsync<TimeoutException>(() => grain.Wait(source.Token));
        await Eventually.Holds(async () => await grain.CancelledInTurn() == 1, "the grain was told");
    }

    [Fact]
    public async Task Over_the_wire_tokens_work_as_in_a_silo()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        for (var key = 0; key < 6; key++)
        {
            var grain = cluster.Client.GetGrain<ICancellableGrain>(key);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.Wait(new CancellationToken(canceled: true)));
            Assert.Equal(0, await grain.Started());

            using var running = new CancellationTokenSource();
            using var queued = new CancellationTokenSource();
            var first = grain.Wait(running.Token);
            await Eventually.Holds(async () => await grain.StartedAlways() == 1, "the first call runs");
            var second = grain.Wait(queued.Token);
            await queued.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
            await running.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
            await Eventually.Holds(async () => await grain.CancelledInTurn() == 1, "the grain was told in a turn of its own");
            Assert.Equal(1, await grain.Started());

            using var through = new CancellationTokenSource();
            var chain = grain.WaitThrough(key + 100, through.Token);
            await Eventually.Holds(async () => await cluster.Client.GetGrain<ICancellableGrain>(key + 100).StartedAlways() == 1, "the last call of the chain runs");
            await through.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chain);
            await Eventually.Holds(async () => await cluster.Client.GetGrain<ICancellableGrain>(key + 100).CancelledInTurn() == 1, "the last grain was told");
        }
    }
}

public interface ICancellableGrain : IGrainWithIntegerKey
{
    Task Wait(CancellationToken cancellationToken);

    Task WaitThrough(long other, CancellationToken cancellationToken);

    Task<int> Twice(int value, CancellationToken cancellationToken);

    Task<int> FinishWhenCancelled(CancellationToken cancellationToken);

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

    public async Task<int> FinishWhenCancelled(CancellationToken cancellationToken)
    {
        _started++;
        var cancelled = new TaskCompletionSource();
        using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
        return 7;
    }

    public Task<int> Started() => Task.FromResult(_started);

    public Task<int> StartedAlways() => Task.FromResult(_started);

    public Task<int> CancelledInTurn() => Task.FromResult(_cancelledInTurn);
}
