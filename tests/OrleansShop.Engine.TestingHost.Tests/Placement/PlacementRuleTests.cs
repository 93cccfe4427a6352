using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Placement;

/// <summary>Where grains live whose class says something else than the ring.</summary>
public sealed class PlacementRuleTests
{
    [Fact]
    public async Task A_grain_that_prefers_the_local_silo_lives_where_its_first_caller_is()
    {
        await using var cluster = await Cluster();
        var places = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => cluster.Client.GetGrain<ICallerGrain>(i).Ask($"local-{i}")));

        Assert.All(places, place => Assert.Equal(place.Caller, place.Callee));
        Assert.True(Redirects(cluster) > 0, "Some of them do not live with their owner.");

        // Whoever calls next finds it there.
        for (var i = 0; i < places.Length; i++)
            Assert.Equal(places[i].Callee, await cluster.Client.GetGrain<ILocalGrain>($"local-{i}").Where());
    }

    [Fact]
    public async Task A_redirect_ends_with_its_activation()
    {
        await using var cluster = await Cluster();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => cluster.Client.GetGrain<ICallerGrain>(i).Ask($"short-{i}")));
        Assert.True(Redirects(cluster) > 0, "Some of them do not live with their owner.");

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => cluster.Client.GetGrain<ILocalGrain>($"short-{i}").Leave()));

        await Eventually.Holds(() => Redirects(cluster) == 0, "no redirect is left");
        Assert.Equal(1, await cluster.Client.GetGrain<ILocalGrain>("short-1").Count());
    }

    [Fact]
    public async Task A_caller_may_say_where_a_new_activation_shall_be()
    {
        await using var cluster = await Cluster();
        foreach (var silo in cluster.Silos)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silo.SiloAddress);
            for (var i = 0; i < 10; i++)
                Assert.Equal(silo.SiloAddress, await cluster.Client.GetGrain<IEchoGrain>(silo.InstanceNumber * 1000 + i).Where());
        }

        RequestContext.Clear();
    }

    [Fact]
    public async Task A_grain_with_a_role_lives_on_the_silo_that_its_key_names()
    {
        await using var cluster = await Cluster();
        foreach (var silo in cluster.Silos)
            Assert.Equal(silo.SiloAddress, await cluster.Client.GetGrain<IRoleGrain>(silo.Name).Where());

        var failure = await Assert.ThrowsAsync<OrleansException>(() => cluster.Client.GetGrain<IRoleGrain>("nobody").Where());
        Assert.Contains("nobody", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_director_of_the_application_places_grains_and_its_failure_reaches_the_caller()
    {
        await using var cluster = await Cluster();
        var silos = cluster.Silos.Select(silo => silo.SiloAddress).Order().ToList();
        for (var i = 0; i < 20; i++)
            Assert.Equal(silos[i % 3], await cluster.Client.GetGrain<IDirectedGrain>($"{i}-{i % 3}").Where());

        await Assert.ThrowsAsync<FormatException>(() => cluster.Client.GetGrain<IDirectedGrain>("nonumber").Where());
    }

    [Fact]
    public async Task When_the_host_of_a_redirected_grain_dies_it_is_placed_anew()
    {
        await using var cluster = await Cluster();
        var silos = cluster.Silos.ToList();
        var victim = silos[2];
        for (var i = 0; i < 20; i++)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, victim.SiloAddress);
            Assert.Equal(victim.SiloAddress, await cluster.Client.GetGrain<IEchoGrain>(i).Where());
        }

        RequestContext.Clear();
        await cluster.KillSiloAsync(victim);

        for (var i = 0; i < 20; i++)
        {
            var grain = cluster.Client.GetGrain<IEchoGrain>(i);
            await Eventually.Holds(
                async () =>
                {
                    try
                    {
                        return !victim.SiloAddress.Equals(await grain.Where());
                    }
                    catch (SiloUnavailableException)
                    {
                        return false;
                    }
                },
                $"grain {i} lives elsewhere");
        }
    }

    private static async Task<InProcessTestCluster> Cluster()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((_, silo) => silo.AddPlacementDirector<ByNamePlacement, ByNameDirector>());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private static int Redirects(InProcessTestCluster cluster) => cluster.Silos.Sum(silo => silo.ServiceProvider.GetRequiredService<Redirects>().Count);
}
