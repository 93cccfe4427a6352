using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansShop.Engine.Tests.Activations.Watch;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

public sealed class QueueLimitTests
{
    [Fact]
    public async Task Calls_above_the_limit_are_refused_and_those_below_it_run()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 5));
        var grain = silo.Get<IGateGrain>(1);
        var blocking = grain.WaitForOpen();
        await Eventually.Holds(async () => await grain.ReadersAlways() == 0, "the grain is active");
        var calls = Enumerable.Range(0, 8).Select(_ => grain.Plain()).ToArray();
        await Eventually.Holds(() => calls.Count(call => call.IsFaulted) == 3, "three calls are refused");
        await grain.OpenAlways();
        await blocking;
        foreach (var refused in calls.Where(call => call.IsFaulted)) await Assert.ThrowsAsync<LimitExceededException>(() => refused);
        await Task.WhenAll(calls.Where(call => !call.IsFaulted));
    }

    [Fact]
    public async Task Calls_that_arrive_while_a_turn_hangs_are_refused_above_the_limit_and_the_silo_serves_others()
    {
        await using var watched = await WatchedSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 10));
        var hanging = watched.Grain(1).HoldThread();
        await watched.UntilEntered(1);
        var flood = Enumerable.Range(0, 5000).Select(_ => watched.Grain(1).Answer()).ToArray();

        // The turn has not come back, so nobody but the sender can have refused them.
        await Eventually.Holds(() => flood.Count(call => call.IsCompleted) == 4990, "all but ten are refused");
        Assert.All(flood.Where(call => call.IsCompleted), call => Assert.IsType<LimitExceededException>(call.Exception!.InnerException));
        Assert.Contains("hold/1 has 10 calls waiting", flood.First(call => call.IsFaulted).Exception!.InnerException!.Message, StringComparison.Ordinal);
        await Task.WhenAll(Enumerable.Range(2, 50).Select(key => watched.Grain(key).Answer()));
        watched.Gates.Of(1).Open();
        await hanging;
        await Task.WhenAll(flood.Where(call => !call.IsFaulted));
        await watched.Grain(1).Answer();
    }

    [Fact]
    public async Task Calls_that_could_go_beside_a_hanging_turn_are_limited_too()
    {
        await using var watched = await WatchedSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 10));
        var hanging = watched.Grain(1).HoldThread();
        await watched.UntilEntered(1);
        var flood = Enumerable.Range(0, 500).Select(_ => watched.Grain(1).AnswerAlways()).ToArray();
        await Eventually.Holds(() => flood.Count(call => call.IsFaulted) == 490, "all but ten are refused");
        watched.Gates.Of(1).Open();
        await hanging;
        await Task.WhenAll(flood.Where(call => !call.IsFaulted));
    }

    [Fact]
    public async Task Calls_that_wait_for_a_constructor_that_hangs_are_limited_too()
    {
        await using var watched = await WatchedSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 10));
        var grain = watched.Silo.Get<ISlowlyMadeGrain>(1);
        var flood = new List<Task> { grain.Answer() };
        await watched.UntilEntered(1);
        flood.AddRange(Enumerable.Range(0, 500).Select(_ => grain.Answer()));
        await Eventually.Holds(() => flood.Count(call => call.IsFaulted) == 490, "all but the one that comes first and ten that wait are refused");
        watched.Gates.Of(1).Open();
        await Task.WhenAll(flood.Where(call => !call.IsFaulted));
    }

    [Fact]
    public async Task A_stateless_worker_that_hangs_is_limited_by_its_own_option()
    {
        await using var watched = await WatchedSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit_StatelessWorker = 10));
        var grain = watched.Silo.Get<IHoldWorker>(1);
        var hanging = grain.HoldThread();
        await watched.UntilEntered(1);
        var flood = Enumerable.Range(0, 500).Select(_ => grain.Answer()).ToArray();
        await Eventually.Holds(() => flood.Count(call => call.IsFaulted) == 490, "all but ten are refused");
        watched.Gates.Of(1).Open();
        await hanging;
        await Task.WhenAll(flood.Where(call => !call.IsFaulted));
    }

    [Fact]
    public async Task Clients_that_flood_a_hanging_grain_are_refused_and_the_cluster_stays_healthy()
    {
        var gates = new Gates();
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(gates);
            silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 10);
        });
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var grain = cluster.Client.GetGrain<IHoldGrain>(1);
        var hanging = grain.HoldThread();
        await Eventually.Holds(() => gates.Of(1).EnteredCount == 1, "the turn hangs");
        var flood = Enumerable.Range(0, 2000).Select(_ => grain.Answer()).ToArray();
        await Eventually.Holds(() => flood.Count(call => call.IsFaulted) == 1990, "all but ten are refused");
        Assert.All(flood.Where(call => call.IsFaulted), call => Assert.IsType<LimitExceededException>(call.Exception!.InnerException));
        await Task.WhenAll(Enumerable.Range(2, 50).Select(key => cluster.Client.GetGrain<IHoldGrain>(key).Answer()));
        gates.Of(1).Open();
        await hanging;
        await Task.WhenAll(flood.Where(call => !call.IsFaulted));
    }
}

public interface IHoldWorker : IGrainWithIntegerKey
{
    Task HoldThread();

    Task Answer();
}

[Orleans.Concurrency.StatelessWorker(1)]
internal sealed class HoldWorker(Gates gates) : Grain, IHoldWorker
{
    public Task HoldThread()
    {
        gates.Of(1).Entered();
        gates.Of(1).BlockUntilOpen();
        return Task.CompletedTask;
    }

    public Task Answer() => Task.CompletedTask;
}
