using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using Xunit;

namespace OrleansShop.Engine.Tests.Client;

public sealed class LocalhostClusteringTests : IAsyncDisposable
{
    private readonly StartedHosts _hosts = new();
    private readonly string _clusterId = $"localhost-test-{FreePort.At(IPAddress.Loopback)}";
    private int _primaryPort;

    public async ValueTask DisposeAsync()
    {
        await _hosts.DisposeAsync();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(MembershipFile)!, Path.GetFileName(MembershipFile) + "*"))
            File.Delete(file);
    }

    [Fact]
    public async Task Silos_that_name_one_primary_are_one_cluster_and_a_client_needs_a_gateway_only()
    {
        _primaryPort = FreePort.At(IPAddress.Loopback);
        var gateway = FreePort.At(IPAddress.Loopback);
        await _hosts.StartSilo(silo => silo.UseLocalhostClustering(_primaryPort, gateway, clusterId: _clusterId));
        await _hosts.StartSilo(silo => silo.UseLocalhostClustering(
            FreePort.At(IPAddress.Loopback), FreePort.At(IPAddress.Loopback), new IPEndPoint(IPAddress.Loopback, _primaryPort), clusterId: _clusterId));
        var client = await _hosts.StartClient(builder => builder.UseLocalhostClustering(gateway, clusterId: _clusterId));

        await Eventually.Holds(
            async () => (await Task.WhenAll(Enumerable.Range(0, 30).Select(key => TcpHosts.Grains(client).GetGrain<IPlaceGrain>(key).Where()))).Distinct().Count() == 2,
            "both silos serve");
    }

    [Fact]
    public async Task A_silo_on_any_free_port_is_a_cluster_of_its_own_process()
    {
        var host = await _hosts.StartSilo(silo => silo.UseLocalhostClustering(0, 0, clusterId: _clusterId));

        Assert.NotEqual(0, TcpHosts.Address(host).Endpoint.Port);
        Assert.Equal(TcpHosts.Address(host), await TcpHosts.Grains(host).GetGrain<IPlaceGrain>(1).Where());
        Assert.False(File.Exists(MembershipFile));
    }

    [Fact]
    public async Task Silos_of_one_process_with_memory_clustering_are_one_cluster()
    {
        var one = await _hosts.StartSilo(silo => UseMemory(silo));
        var two = await _hosts.StartSilo(silo => UseMemory(silo));

        await Eventually.Holds(() => one.Services.GetRequiredService<RingHolder>().Current.View.Active.Length == 2, "the first knows the second");
        Assert.Equal(2, two.Services.GetRequiredService<RingHolder>().Current.View.Active.Length);
    }

    [Fact]
    public async Task Clustering_options_come_from_configuration_and_are_checked_at_the_start()
    {
        var builder = StartedHosts.NewBuilder();
        builder.Configuration["Orleans:Clustering:LeaseDuration"] = "00:00:01";
        builder.UseOrleans(silo => UseMemory(silo));
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<Orleans.Runtime.OrleansConfigurationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Orleans__Clustering__LeaseDuration", failure.Message, StringComparison.Ordinal);
        Assert.Contains("00:00:01", failure.Message, StringComparison.Ordinal);
    }

    private string MembershipFile => DevelopmentTable.PathOf(new IPEndPoint(IPAddress.Loopback, _primaryPort), _clusterId);

    private void UseMemory(ISiloBuilder silo)
    {
        silo.UseMemoryClustering();
        silo.ConfigureEndpoints(IPAddress.Loopback, 0, 0);
        silo.Configure<Orleans.Configuration.ClusterOptions>(options => options.ClusterId = _clusterId);
    }
}
