using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Cancellation;
using Xunit;

namespace OrleansShop.Engine.Tests.Cancellation;

public sealed class GrainCancellationTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Cancel_runs_callbacks_in_turns_of_the_grain_and_its_caller_gets_what_the_grain_makes_of_it()
    {
        await using var silo = await StartAsync();
        using var source = new GrainCancellationTokenSource();
        var grain = silo.Get<IHeldTokenGrain>(1);
        var call = grain.WaitUntilCancelled(source.Token);
        await Eventually.Holds(async () => await grain.Started() == 1, "the call runs");
        Assert.False(source.IsCancellationRequested);
        await source.Cancel();
        Assert.True(source.IsCancellationRequested);
        Assert.True(source.Token.CancellationToken.IsCancellationRequested);
        Assert.Equal(1, await grain.CancelledInTurn());
        Assert.Equal(1, await call.WaitAsync(s_patience));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_arrives_cancelled()
    {
        await using var silo = await StartAsync();
        using var source = new GrainCancellationTokenSource();
        await source.Cancel();
        Assert.True(await silo.Get<IHeldTokenGrain>(1).SeesCancelled(source.Token, 7, CancellationToken.None));
        Assert.Equal(1, await silo.Get<IHeldTokenGrain>(2).WaitUntilCancelled(source.Token).WaitAsync(s_patience));
    }

    [Fact]
    public async Task A_method_may_have_both_kinds_of_token_and_the_grain_token_may_be_null()
    {
        await using var silo = await StartAsync();
        using var one = new CancellationTokenSource();
        using var source = new GrainCancellationTokenSource();
        var grain = silo.Get<IHeldTokenGrain>(1);
        Assert.False(await grain.SeesCancelled(null, 7, one.Token));
        Assert.False(await grain.SeesCancelled(source.Token, 7, one.Token));
        await source.Cancel();
        Assert.True(await grain.SeesCancelled(source.Token, 7, one.Token));
        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.SeesCancelled(source.Token, 7, one.Token));
    }

    [Fact]
    public async Task A_callback_runs_after_the_call_that_registered_it_has_ended()
    {
        await using var silo = await StartAsync();
        using var source = new GrainCancellationTokenSource();
        var grain = silo.Get<IHeldTokenGrain>(1);
        await grain.Register(source.Token);
        await grain.Collect();
        await source.Cancel();
        Assert.Equal(1, await grain.CancelledInTurn());
    }

    [Fact]
    public async Task A_grain_that_is_given_the_token_twice_has_it_once()
    {
        await using var silo = await StartAsync();
        using var source = new GrainCancellationTokenSource();
        var grain = silo.Get<IHeldTokenGrain>(1);
        for (var i = 0; i < 3; i++) await grain.Register(source.Token);
        Assert.Equal(1, silo.Services.GetRequiredService<ReceivedTokens>().Count);
        await source.Cancel();
        Assert.Equal(3, await grain.CancelledInTurn());
    }

    [Fact]
    public async Task One_way_calls_and_arguments_that_are_said_to_be_immutable_bring_tokens_too()
    {
        await using var silo = await StartAsync();
        using var source = new GrainCancellationTokenSource();
        var grain = silo.Get<IHeldTokenGrain>(1);
        await grain.Begin(source.Token);
        await Eventually.Holds(async () => await grain.Started() == 1, "the call runs");
        await source.Cancel();
        Assert.Equal(1, await grain.CancelledInTurn());
    }

    [Fact]
    public async Task What_callbacks_throw_comes_back_together_and_all_others_are_told()
    {
        await using var cluster = await DeployAsync(2);
        using var source = new GrainCancellationTokenSource();
        source.Token.CancellationToken.Register(static () => throw new InvalidOperationException("at the source"));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(key => key % 2 == 0
            ? cluster.Client.GetGrain<IHeldTokenGrain>(key).Register(source.Token)
            : cluster.Client.GetGrain<IHeldTokenGrain>(key).RegisterFaulty(source.Token, $"in {key}")));
        var thrown = await Assert.ThrowsAsync<AggregateException>(source.Cancel);
        Assert.Equal(["at the source", "in 1", "in 3", "in 5"], thrown.InnerExceptions.Select(inner => Assert.IsType<InvalidOperationException>(inner).Message).Order(StringComparer.Ordinal));
        for (var key = 0; key < 6; key++) Assert.Equal(1, await cluster.Client.GetGrain<IHeldTokenGrain>(key).CancelledInTurn());
    }

    [Fact]
    public async Task Cancel_can_be_repeated_until_every_grain_could_be_reached()
    {
        await using var silo = await StartAsync();
        using var source = new GrainCancellationTokenSource();
        var (reached, broken) = (silo.Get<IHeldTokenGrain>(1), silo.Get<IHeldTokenGrain>(2));
        await reached.Register(source.Token);
        await broken.Register(source.Token);
        await broken.GoAndFailToComeBack(times: 1);
        await Eventually.Holds(() => silo.Catalog.Find(broken.GetGrainId()) is null, "the grain has gone");
        var thrown = await Assert.ThrowsAsync<AggregateException>(source.Cancel);
        Assert.Equal("not now", Assert.Single(thrown.InnerExceptions).Message);
        Assert.Equal(1, await reached.CancelledInTurn());
        await source.Cancel();
        Assert.Equal(1, await reached.CancelledInTurn());
    }

    [Fact]
    public async Task A_disposed_source_cannot_cancel_and_a_grain_that_has_disposed_its_token_is_no_failure()
    {
        await using var silo = await StartAsync();
        using var kept = new GrainCancellationTokenSource();
        await silo.Get<IHeldTokenGrain>(1).Dispose(kept.Token);
        await kept.Cancel();
        var source = new GrainCancellationTokenSource();
        source.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(source.Cancel);
        Assert.False(source.Token.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Between_silos_and_from_clients_the_token_is_cancelled_through_several_hops()
    {
        await using var cluster = await DeployAsync(3);
        using var source = new GrainCancellationTokenSource();
        var calls = Enumerable.Range(0, 10).Select(path => cluster.Client.GetGrain<IHeldTokenGrain>(100 * path).PassOn(source.Token, [100 * path + 1, 100 * path + 2, 100 * path + 3])).ToArray();
        await Eventually.Holds(
            async () => (await Task.WhenAll(Enumerable.Range(0, 10).Select(path => cluster.Client.GetGrain<IHeldTokenGrain>(100 * path + 3).Started()))).All(count => count == 1), "the last calls run");
        await source.Cancel().WaitAsync(s_patience);
        Assert.All(await Task.WhenAll(calls).WaitAsync(s_patience), count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_stateless_worker_is_told_wherever_it_runs()
    {
        await using var cluster = await DeployAsync(3);
        using var source = new GrainCancellationTokenSource();
        var calls = Enumerable.Range(0, 9).Select(_ => cluster.Client.GetGrain<ITokenWorker>(1).WaitUntilCancelled(source.Token)).ToArray();
        await Eventually.Holds(() => cluster.Silos.Sum(silo => silo.ServiceProvider.GetRequiredService<ActivationCatalog>().All.Count(activation => activation.FirstRunning is not null && activation.Class.Type == typeof(TokenWorker))) == 9, "all run");
        await source.Cancel().WaitAsync(s_patience);
        var silos = await Task.WhenAll(calls).WaitAsync(s_patience);
        Assert.Equal(3, silos.Distinct().Count());
    }

    [Fact]
    public async Task An_observer_in_a_client_is_told_while_it_works()
    {
        await using var cluster = await DeployAsync(2);
        using var source = new GrainCancellationTokenSource();
        var observer = new TokenObserver();
        var call = cluster.Client.GetGrain<IObserverCaller>(1).Call(cluster.Client.CreateObjectReference<ITokenObserver>(observer), source.Token);
        await Eventually.Holds(() => observer.StartedCount == 1, "the observer works");
        await source.Cancel().WaitAsync(s_patience);
        Assert.Equal(5, await call.WaitAsync(s_patience));
    }

    private static Task<TestSilo> StartAsync() => TestSilo.StartAsync(static silo => silo.Services.AddSingleton<Failures>());

    private static async Task<InProcessTestCluster> DeployAsync(short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo(static (_, silo) => silo.Services.AddSingleton<Failures>());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
