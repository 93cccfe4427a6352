using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Placement;

/// <summary>Stored states that move with their grains, which nobody calls on the way.</summary>
public sealed class StateMigrationTests
{
    [Theory]
    [InlineData(typeof(IScoreOfStateGrain))]
    [InlineData(typeof(IScoreOfFacetGrain))]
    public async Task A_state_arrives_with_unsaved_changes_and_its_ETag_and_is_not_read_again(Type kind)
    {
        await using var cluster = await Cluster();
        var grain = (IScoreGrain)cluster.Client.GetGrain(kind, "carried");
        await grain.Set(1);
        await grain.Write();
        await grain.Set(2);
        var left = await grain.Look();

        var target = await Move(cluster, grain, left.Silo);
        Assert.Equal(left with { Silo = target.SiloAddress }, await grain.Look());
        Assert.Equal((0, 0), (Storage(target).Reads, Storage(target).Writes.Count));

        await grain.Write();
        Assert.Equal(Assert.Single(Storage(cluster.GetSiloForAddress(left.Silo)!).Writes).ETag, Assert.Single(Storage(target).Writes).Over);
        Assert.Equal(0, Storage(target).Reads);

        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        await Eventually.Holds(() => !cluster.TryGetGrainContext(grain.GetGrainId(), out _), "the activation is gone");
        Assert.Equal(2, (await grain.Look()).Value);
    }

    [Theory]
    [InlineData(typeof(IScoreOfStateGrain))]
    [InlineData(typeof(IScoreOfFacetGrain))]
    public async Task A_state_that_was_never_stored_arrives_too_and_can_be_stored(Type kind)
    {
        await using var cluster = await Cluster();
        var grain = (IScoreGrain)cluster.Client.GetGrain(kind, "never-stored");
        await grain.Set(7);
        var left = await grain.Look();

        var target = await Move(cluster, grain, left.Silo);
        Assert.Equal(left with { Silo = target.SiloAddress }, await grain.Look());
        await grain.Write();

        Assert.Null(Assert.Single(Storage(target).Writes).Over);
        Assert.Equal(0, Storage(target).Reads);
    }

    [Theory]
    [InlineData(typeof(IScoreOfStateGrain), "state")]
    [InlineData(typeof(IScoreOfFacetGrain), "score")]
    public async Task A_write_after_the_move_is_refused_if_somebody_else_wrote_before_it(Type kind, string stateName)
    {
        await using var cluster = await Cluster();
        var grain = (IScoreGrain)cluster.Client.GetGrain(kind, "overtaken");
        await grain.Set(1);
        await grain.Write();
        var left = await grain.Look();
        var target = await Move(cluster, grain, left.Silo);

        await Storage(target).WriteStateAsync(stateName, grain.GetGrainId(), new GrainState<Score>(new Score { Value = 100 }, Assert.Single(Storage(cluster.GetSiloForAddress(left.Silo)!).Writes).ETag));
        await grain.Set(2);
        await Assert.ThrowsAsync<InconsistentStateException>(grain.Write);

        // The activation ended with that, and the next one has what the other wrote.
        await Eventually.Holds(async () => (await grain.Look()).Value == 100, "the grain has what is stored");
    }

    private static async Task<InProcessSiloHandle> Move(InProcessTestCluster cluster, IScoreGrain grain, SiloAddress from)
    {
        var target = cluster.Silos.First(silo => !silo.SiloAddress.Equals(from));
        await cluster.MigrateAsync(grain, target.SiloAddress);
        await Eventually.Holds(
            () => cluster.TryGetGrainContext(grain.GetGrainId(), out var activation) && target.SiloAddress.Equals(activation.Address.SiloAddress), $"it lives on {target.SiloAddress}");
        return target;
    }

    private static CountedStorage Storage(InProcessSiloHandle silo) => (CountedStorage)silo.ServiceProvider.GetRequiredKeyedService<IGrainStorage>(CountedStorage.Name);

    private static async Task<InProcessTestCluster> Cluster()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo(static (_, silo) =>
        {
            silo.AddMemoryGrainStorage("shared");
            silo.Services.AddKeyedSingleton<IGrainStorage>(CountedStorage.Name, static (services, _) => new CountedStorage(services.GetRequiredKeyedService<IGrainStorage>("shared")));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
