using Orleans.Configuration;
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
}
