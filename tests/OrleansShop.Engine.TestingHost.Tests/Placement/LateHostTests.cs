using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Placement;

/// <summary>Grain types that no silo hosts yet.</summary>
public sealed class LateHostTests
{
    [Fact]
    public async Task A_call_waits_for_the_first_silo_that_hosts_its_grain()
    {
        await using var cluster = await Cluster();
        var call = cluster.Client.GetGrain<ILateGrain>("a").WhereInTheEnd();
        var fromSilo = cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>().GetGrain<ILateGrain>("b").WhereInTheEnd();

        var late = await cluster.StartAdditionalSiloAsync();

        Assert.Equal(late.SiloAddress, await call);
        Assert.Equal(late.SiloAddress, await fromSilo);
    }

    [Fact]
    public async Task When_none_comes_the_caller_is_told_who_hosts_what()
    {
        await using var cluster = await Cluster();

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => cluster.Client.GetGrain<ILateGrain>("a").Where());

        Assert.Contains("grain type late of interface", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ILateGrain), failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{cluster.Silos[0].SiloAddress}: echo", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_type_cannot_be_told_there_is_no_reference()
    {
        await using var cluster = await Cluster();

        var failure = Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<ILateGrain>("a", "Some.Class"));

        Assert.Contains(nameof(ILateGrain), failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{cluster.Silos[0].SiloAddress}: echo", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<InProcessTestCluster> Cluster()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((options, silo) => silo.Services.Configure<GrainTypeOptions>(types =>
        {
            types.Classes.Clear();
            types.Classes.Add(options.SiloName.EndsWith("_0", StringComparison.Ordinal) ? typeof(EchoGrain) : typeof(LateGrain));
        }));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
