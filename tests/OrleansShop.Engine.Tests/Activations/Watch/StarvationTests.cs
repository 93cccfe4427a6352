using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations.Watch;

public sealed class StarvationTests
{
    [Fact]
    public async Task Grains_that_hold_all_threads_do_not_keep_others_from_answering_nor_silos_alive()
    {
        var gates = new Gates();
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton(gates));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var holding = Environment.ProcessorCount + 2;
        var held = Enumerable.Range(0, holding).Select(key => cluster.Client.GetGrain<IHoldGrain>(key).HoldThread()).ToArray();
        await Eventually.Holds(() => Enumerable.Range(0, holding).All(key => gates.Of(key).EnteredCount == 1), "as many threads are held as there are processors, and two more");

        await Task.WhenAll(Enumerable.Range(100, 20).Select(key => cluster.Client.GetGrain<IHoldGrain>(key).Answer())).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.All(cluster.Silos, silo => Assert.True(silo.IsActive));
        for (var key = 0; key < holding; key++) gates.Of(key).Open();
        await Task.WhenAll(held);
    }
}
