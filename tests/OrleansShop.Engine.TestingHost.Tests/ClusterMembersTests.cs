using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

public sealed class ClusterMembersTests
{
    [Fact]
    public async Task A_cluster_and_its_builder_know_their_silos_also_when_they_are_gone()
    {
        var builder = new InProcessTestClusterBuilder(2);
        await using var cluster = builder.Build();
        await using var other = new TestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        await other.DeployAsync();
        var gone = cluster.Silos[1];
        await cluster.KillSiloAsync(gone);

        Assert.True(cluster.ContainsSilo(gone.SiloAddress));
        Assert.True(builder.ContainsSilo(cluster.Silos[0].SiloAddress));
        Assert.False(cluster.ContainsSilo(other.Primary!.SiloAddress));
        Assert.True(other.ContainsSilo(other.Primary.SiloAddress));
    }

    [Fact]
    public async Task A_grain_moves_to_the_silo_that_is_named_or_to_any_other()
    {
        await using var cluster = new InProcessTestClusterBuilder(3).Build();
        await cluster.DeployAsync();
        var grain = cluster.Client.GetGrain<IEchoGrain>(1);
        var first = await grain.Where();
        var target = cluster.Silos.Select(silo => silo.SiloAddress).First(silo => !silo.Equals(first));

        await cluster.MigrateAsync(grain, target);
        Assert.Equal(target, await grain.Where());

        await cluster.MigrateAsync(grain.GetGrainId());
        Assert.NotEqual(target, await grain.Where());
    }

    [Fact]
    public async Task A_grain_that_is_not_active_or_has_nowhere_to_go_does_not_move()
    {
        await using var cluster = new TestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        var grain = cluster.Client.GetGrain<IEchoGrain>(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.MigrateAsync(grain));
        var where = await grain.Where();
        await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.MigrateAsync(grain));
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.MigrateAsync(grain, SiloAddress.New(where.Endpoint, where.Generation + 1)));
        Assert.Equal(where, await grain.Where());
    }

    [Fact]
    public async Task A_start_that_is_given_up_starts_nothing()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cluster.DeployAsync(new CancellationToken(canceled: true)));
        Assert.Empty(cluster.Silos);
    }

    [Fact]
    public async Task A_delegate_that_starts_silos_gets_the_token()
    {
        var token = TestContext.Current.CancellationToken;
        var builder = new TestClusterBuilder(1);
        CancellationToken seen = default;
        builder.CreateSiloAsyncWithCancellation = async (name, configuration, cancellationToken) =>
        {
            seen = cancellationToken;
            return await InProcessSiloHandle.CreateAsync(name, configuration, postConfigureHostBuilder: null, cancellationToken);
        };
        await using var cluster = builder.Build();
        await cluster.DeployAsync(token);

        Assert.Equal(token, seen);
        Assert.Single(cluster.Silos);
    }
}
