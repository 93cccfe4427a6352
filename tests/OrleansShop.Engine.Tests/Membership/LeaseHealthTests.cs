using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansShop.Engine.Membership;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

public sealed class LeaseHealthTests
{
    [Fact]
    public void A_silo_is_well_while_it_holds_its_lease_and_after_it_has_given_it_up()
    {
        var time = new ManualTimeProvider();
        var lease = new SiloLease(time);
        var health = new LeaseHealth(new Details(), lease);

        lease.RunUntil(time.GetTimestamp() + TimeSpan.FromSeconds(6).Ticks);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(health.CheckHealth(DateTime.MinValue, out var reason));
        Assert.Null(reason);

        lease.Release();
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(health.CheckHealth(DateTime.MinValue, out _));
    }

    [Fact]
    public void A_silo_whose_lease_has_run_out_is_not_well()
    {
        var time = new ManualTimeProvider();
        var lease = new SiloLease(time);
        var health = new LeaseHealth(new Details(), lease);

        lease.RunUntil(time.GetTimestamp() + TimeSpan.FromSeconds(6).Ticks);
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.False(health.CheckHealth(DateTime.MinValue, out var reason));
        Assert.Contains(Rows.Silo(1).ToString(), reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_of_a_cluster_has_the_check_among_its_services()
    {
        var cluster = new InProcessTestClusterBuilder(1).Build();
        await using (cluster)
        {
            await cluster.DeployAsync();

            var health = Assert.Single(cluster.GetSiloServiceProvider().GetServices<IHealthCheckParticipant>());
            Assert.IsType<LeaseHealth>(health);
            Assert.True(health.CheckHealth(DateTime.MinValue, out _));
        }
    }

    private sealed class Details : ILocalSiloDetails
    {
        public string Name => "first";

        public string ClusterId => "test";

        public string DnsHostName => "here";

        public SiloAddress SiloAddress => Rows.Silo(1);

        public SiloAddress GatewayAddress => Rows.Silo(1);
    }
}
