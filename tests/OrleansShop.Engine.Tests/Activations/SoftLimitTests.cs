using Orleans.Configuration;
using OrleansShop.Engine.Tests.Activations.Watch;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

public sealed class SoftLimitTests
{
    private const int LongQueue = 1856;

    [Fact]
    public async Task More_waiting_calls_than_the_soft_limit_are_logged_once_in_ten_seconds_and_all_run()
    {
        await using var watched = await WatchedSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsSoftLimit = 3));
        var grain = watched.Grain(1);
        var running = grain.HoldRequest();
        await watched.UntilEntered(1);
        var waiting = Enumerable.Range(0, 3).Select(_ => grain.Answer()).ToList();
        await grain.AnswerAlways();
        Assert.Empty(watched.Log.Of(LongQueue));
        waiting.AddRange(Enumerable.Range(0, 5).Select(_ => grain.Answer()));
        await grain.AnswerAlways();
        var warning = Assert.Single(watched.Log.Of(LongQueue));
        Assert.Contains("4 calls wait for hold/1", warning, StringComparison.Ordinal);
        Assert.Contains("MaxEnqueuedRequestsSoftLimit", warning, StringComparison.Ordinal);
        watched.Time.Advance(TimeSpan.FromSeconds(11));
        waiting.Add(grain.Answer());
        await grain.AnswerAlways();
        Assert.Equal(2, watched.Log.Of(LongQueue).Count);
        watched.Gates.Of(1).Open();
        await running;
        await Task.WhenAll(waiting);
    }
}
