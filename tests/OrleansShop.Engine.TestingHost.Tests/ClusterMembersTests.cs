using Orleans.TestingHost;
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
