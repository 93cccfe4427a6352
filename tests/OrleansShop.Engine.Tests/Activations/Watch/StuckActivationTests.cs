using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations.Watch;

public sealed class StuckActivationTests
{
    private const int RequestRuns = 1852;
    private const int RequestWaits = 1853;
    private const int Stuck = 1854;

    [Fact]
    public async Task A_request_that_runs_long_is_logged_at_growing_intervals()
    {
        await using var watched = await WatchedSilo.StartAsync();
        var call = watched.Grain(1).HoldRequest();
        await watched.UntilEntered(1);
        await Settle(watched);
        watched.Time.Advance(TimeSpan.FromSeconds(12));
        Assert.Empty(watched.Log.Of(RequestRuns));
        watched.Time.Advance(TimeSpan.FromSeconds(10));
        var report = Assert.Single(watched.Log.Of(RequestRuns));
        Assert.Contains("IHoldGrain.HoldRequest on hold/1", report, StringComparison.Ordinal);
        watched.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.InRange(watched.Log.Of(RequestRuns).Count, 4, 5);
        watched.Gates.Of(1).Open();
        await call;
    }

    [Fact]
    public async Task A_request_that_waits_long_is_logged_with_what_it_waits_for()
    {
        await using var watched = await WatchedSilo.StartAsync();
        var running = watched.Grain(1).HoldRequest();
        await watched.UntilEntered(1);
        var waiting = watched.Grain(1).Answer();
        await Eventually.Holds(() => watched.Silo.Catalog.Find(watched.Grain(1).GetGrainId())!.WaitingCount == 1, "the second request waits");
        await Settle(watched);
        watched.Time.Advance(TimeSpan.FromSeconds(12));
        var report = Assert.Single(watched.Log.Of(RequestWaits));
        Assert.Contains("IHoldGrain.Answer on hold/1", report, StringComparison.Ordinal);
        Assert.Contains("IHoldGrain.HoldRequest", report, StringComparison.Ordinal);
        watched.Gates.Of(1).Open();
        await Task.WhenAll(running, waiting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stuck_activation_is_replaced_its_callers_are_told_and_those_that_wait_get_the_next(bool holdsThread)
    {
        await using var watched = await WatchedSilo.StartAsync();
        var grain = watched.Grain(1);
        var first = await grain.Answer();
        var stuck = holdsThread ? grain.HoldThread() : grain.HoldRequest();
        await watched.UntilEntered(1);
        var waiting = grain.Answer();
        await Settle(watched, holdsThread);
        watched.Time.Advance(TimeSpan.FromMinutes(115));
        Assert.False(stuck.IsCompleted);
        Assert.False(waiting.IsCompleted);
        watched.Time.Advance(TimeSpan.FromMinutes(10));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => stuck);
        Assert.Contains("on hold/1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MaxRequestProcessingTime (02:00:00)", failure.Message, StringComparison.Ordinal);
        var second = await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.NotEqual(first, second);
        Assert.Equal(second, await grain.Answer());
        Assert.Single(watched.Log.Of(Stuck));

        // What comes of the old one later is for nobody, and disturbs nobody.
        watched.Gates.Of(1).Open();
        Assert.Equal(second, await grain.Answer());
        Assert.Equal(1, watched.Silo.Catalog.Count);
    }

    [Fact]
    public async Task A_long_request_that_nobody_waits_for_goes_on()
    {
        await using var watched = await WatchedSilo.StartAsync();
        var grain = watched.Grain(1);
        var first = await grain.Answer();
        var running = grain.HoldRequest();
        await watched.UntilEntered(1);
        await Settle(watched);
        for (var i = 0; i < 6; i++)
        {
            watched.Time.Advance(TimeSpan.FromMinutes(30));
            Assert.Equal(first, await grain.AnswerAlways());
        }

        watched.Gates.Of(1).Open();
        Assert.Equal(first, await running);
    }

    [Fact]
    public async Task Callers_on_other_silos_and_clients_are_told_and_the_late_answer_is_dropped()
    {
        var gates = new Gates();
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(gates);
            silo.Configure<SiloMessagingOptions>(options =>
            {
                options.MaxRequestProcessingTime = TimeSpan.FromSeconds(1);
                options.GrainWorkloadAnalysisPeriod = TimeSpan.FromMilliseconds(250);
            });
        });
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        for (var key = 0; key < 4; key++)
        {
            var grain = cluster.Client.GetGrain<IHoldGrain>(key);
            var first = await grain.Answer();
            var stuck = key % 2 == 0 ? grain.HoldThread() : grain.HoldRequest();
            var waiting = grain.Answer();
            Assert.Contains("MaxRequestProcessingTime (00:00:01)", (await Assert.ThrowsAsync<TimeoutException>(() => stuck)).Message, StringComparison.Ordinal);
            Assert.NotEqual(first, await waiting);
            gates.Of(key).Open();
            Assert.NotEqual(first, await grain.Answer());
        }
    }

    // The watch sees a request first when it next looks: the moment from which the times in these tests count.
    private static async Task Settle(WatchedSilo watched, bool holdsThread = false)
    {
        var activation = watched.Silo.Catalog.Find(watched.Grain(1).GetGrainId())!;
        if (!holdsThread) await Eventually.Holds(() => activation.IsWatched, "the drain has ended with the request still running");
        watched.Time.Advance(TimeSpan.FromSeconds(6));
    }
}
