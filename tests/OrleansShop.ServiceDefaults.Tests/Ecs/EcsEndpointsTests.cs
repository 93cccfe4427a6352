using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansShop.ServiceDefaults.Ecs;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Testing.Ecs;
using Xunit;

namespace OrleansShop.ServiceDefaults.Tests.Ecs;

public sealed class EcsEndpointsTests
{
    private static readonly EcsTask AwsVpc = new("owners", "158d", "awsvpc", IPAddress.Parse("10.0.2.100"), ImmutableDictionary<int, int>.Empty);
    private static readonly EcsTask Bridge = AwsVpc with { NetworkMode = "bridge", Address = null, HostPorts = ImmutableDictionary<int, int>.Empty.Add(11111, 49153).Add(30000, 49154) };
    private static readonly SiloSettings Settings = new() { Membership = MembershipKind.File, MembershipFile = "silos.json", SiloPort = 11111, GatewayPort = 30000 };

    [Fact]
    public async Task A_silo_among_several_takes_its_address_from_the_task()
    {
        await using var server = EcsMetadataServer.Start();

        var found = await FindAsync(server, ("Cluster:Membership", "File"), ("Cluster:File", "silos.json"), ("Cluster:SiloPort", "11111"));

        Assert.Equal(
            [("Cluster:AdvertisedAddress", "10.0.2.100"), ("Cluster:AdvertisedGatewayPort", null), ("Cluster:AdvertisedSiloPort", "11111"), ("Cluster:SiloName", "owners-158d1c8083dd49d6b527399fd6414f5c")],
            found.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value)));
    }

    [Fact]
    public async Task A_silo_that_is_alone_or_whose_address_is_configured_does_not_ask()
    {
        await using var server = EcsMetadataServer.Start();

        Assert.Empty(await FindAsync(server, ("Cluster:SiloPort", "11111")));
        Assert.Empty(await FindAsync(
            server, ("Cluster:Membership", "File"), ("Cluster:File", "silos.json"), ("Cluster:AdvertisedAddress", "10.0.9.9"), ("Cluster:AdvertisedSiloPort", "5000"), ("Cluster:SiloPort", "11111")));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task A_silo_outside_of_ecs_does_not_ask()
    {
        Assert.Empty(await EcsEndpoints.FindAsync(
            Configuration(("Cluster:Membership", "File"), ("Cluster:File", "silos.json")), EcsMetadataLimits.Default, TimeProvider.System, new Random(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_container_in_the_bridge_is_reached_at_its_hosts_ports()
    {
        var found = Of(Bridge, Settings with { AdvertisedAddress = IPAddress.Parse("10.0.1.7") });

        Assert.Equal(("10.0.1.7", "49153", "49154"), (found["Cluster:AdvertisedAddress"], found["Cluster:AdvertisedSiloPort"], found["Cluster:AdvertisedGatewayPort"]));
    }

    [Fact]
    public void What_is_configured_wins_over_what_the_task_says()
    {
        var found = Of(AwsVpc, Settings with { AdvertisedAddress = IPAddress.Parse("10.0.9.9"), AdvertisedGatewayPort = 5001, SiloName = "first" });

        Assert.Equal(("10.0.9.9", "11111", "5001", "first"), (found["Cluster:AdvertisedAddress"], found["Cluster:AdvertisedSiloPort"], found["Cluster:AdvertisedGatewayPort"], found["Cluster:SiloName"]));
    }

    [Fact]
    public void Every_reason_why_others_would_not_reach_the_silo_is_listed()
    {
        var faults = new List<ConfigurationFault>();

        EcsEndpoints.Of(Bridge, Settings with { SiloPort = 0, GatewayPort = 30001 }, faults);

        Assert.Equal(["Cluster:SiloPort", "Cluster:AdvertisedAddress", "Cluster:GatewayPort"], faults.Select(fault => fault.Key));
        Assert.Contains("it maps 11111, 30000", faults[2].Wanted, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silo_listens_everywhere_and_advertises_what_it_was_given()
    {
        var endpoints = EndpointsOf(Settings with { AdvertisedAddress = IPAddress.Parse("10.0.1.7"), AdvertisedSiloPort = 49153, AdvertisedGatewayPort = 49154, SiloName = "owners-158d" }, out var silo);

        Assert.Equal((IPAddress.Parse("10.0.1.7"), 49153, 49154), (endpoints.AdvertisedIPAddress, endpoints.SiloPort, endpoints.GatewayPort));
        Assert.Equal((new IPEndPoint(IPAddress.Any, 11111), new IPEndPoint(IPAddress.Any, 30000)), (endpoints.SiloListeningEndpoint, endpoints.GatewayListeningEndpoint));
        Assert.Equal("owners-158d", silo.SiloName);
    }

    [Fact]
    public void A_silo_without_an_address_to_advertise_stays_on_loopback()
    {
        var endpoints = EndpointsOf(Settings, out _);

        Assert.Equal((IPAddress.Loopback, null), (endpoints.AdvertisedIPAddress, endpoints.SiloListeningEndpoint));
    }

    private static EndpointOptions EndpointsOf(SiloSettings settings, out SiloOptions silo)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => SiloEndpoints.Configure(silo, settings));
        using var host = builder.Build();
        silo = host.Services.GetRequiredService<IOptions<SiloOptions>>().Value;
        return host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
    }

    private static IReadOnlyDictionary<string, string?> Of(EcsTask task, SiloSettings settings)
    {
        var faults = new List<ConfigurationFault>();
        var found = EcsEndpoints.Of(task, settings, faults);
        Assert.Empty(faults);
        return found;
    }

    private static Task<IReadOnlyDictionary<string, string?>> FindAsync(EcsMetadataServer server, params (string Key, string Value)[] settings) => EcsEndpoints.FindAsync(
        Configuration([.. settings, (EcsTask.MetadataVariable, server.Address)]), EcsMetadataLimits.Default, TimeProvider.System, new Random(1), TestContext.Current.CancellationToken);

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
