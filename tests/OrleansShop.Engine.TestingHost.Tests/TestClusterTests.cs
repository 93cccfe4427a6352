using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

public sealed class TestClusterTests
{
    [Fact]
    public async Task Classes_configure_silos_hosts_and_client_and_see_the_configuration()
    {
        var builder = new TestClusterBuilder(1);
        builder.Properties["greeting"] = "good day";
        builder.AddSiloBuilderConfigurator<SiloPart>();
        builder.AddSiloBuilderConfigurator<HostPart>();
        builder.AddClientBuilderConfigurator<ClientPart>();
        await using var cluster = builder.Build();

        await cluster.DeployAsync();

        var silo = cluster.GetSiloServiceProvider();
        Assert.NotNull(silo.GetService<SiloMark>());
        Assert.Equal("good day", silo.GetRequiredService<HostMark>().Greeting);
        Assert.Equal("good day", cluster.ServiceProvider.GetRequiredService<HostMark>().Greeting);
    }

    [Fact]
    public void A_class_that_configures_nothing_is_refused_at_once() =>
        Assert.Throws<ArgumentException>(() => new TestClusterBuilder().AddSiloBuilderConfigurator<object>());

    [Fact]
    public async Task Silos_are_named_and_the_first_is_the_primary()
    {
        await using var cluster = new TestClusterBuilder(3).Build();
        await cluster.DeployAsync();

        Assert.Equal("Primary", cluster.Primary!.Name);
        Assert.Equal(["Secondary_1", "Secondary_2"], cluster.SecondarySilos.Select(silo => silo.Name));
        Assert.Equal(3, cluster.Silos.Count);
        Assert.Equal(cluster.Primary.SiloAddress, cluster.GetSiloForAddress(cluster.Primary.SiloAddress)!.SiloAddress);
    }

    [Fact]
    public async Task The_cluster_goes_on_without_its_primary()
    {
        await using var cluster = new TestClusterBuilder(2).Build();
        await cluster.DeployAsync();

        await cluster.StopPrimarySiloAsync();

        Assert.Null(cluster.Primary);
        Assert.Equal(cluster.Silos[0].SiloAddress, await cluster.Client.GetGrain<IEchoGrain>(1).Where());
    }

    [Fact]
    public async Task Two_clusters_in_one_process_do_not_meet()
    {
        await using var one = new TestClusterBuilder(1).Build();
        await using var other = new TestClusterBuilder(1).Build();
        await Task.WhenAll(one.DeployAsync(), other.DeployAsync());

        Assert.Equal(one.Primary!.SiloAddress, await one.Client.GetGrain<IEchoGrain>(1).Where());
        Assert.Equal(other.Primary!.SiloAddress, await other.Client.GetGrain<IEchoGrain>(1).Where());
    }

    [Fact]
    public async Task A_silo_without_gateway_is_reached_through_the_others()
    {
        var builder = new TestClusterBuilder(3);
        builder.Options.GatewayPerSilo = false;
        await using var cluster = builder.Build();
        await cluster.DeployAsync();

        var places = new HashSet<SiloAddress>();
        for (var key = 0; key < 40; key++)
            places.Add(await cluster.Client.GetGrain<IEchoGrain>(key).Where());

        Assert.Equal(3, places.Count);
    }

    public sealed class SiloPart : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.ConfigureServices(services => services.AddSingleton(new SiloMark()));
    }

    public sealed class HostPart : IHostConfigurator
    {
        public void Configure(IHostBuilder hostBuilder) =>
            hostBuilder.ConfigureServices((context, services) => services.AddSingleton(new HostMark(context.Configuration["greeting"])));
    }

    public sealed class ClientPart : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
            clientBuilder.ConfigureServices(services => services.AddSingleton(new HostMark(configuration["greeting"])));
    }

    public sealed record SiloMark;

    public sealed record HostMark(string? Greeting);
}
