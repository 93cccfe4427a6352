using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

public sealed class TestClusterHostFactoryTests
{
    [Fact]
    public async Task A_silo_and_a_client_start_from_configuration_that_has_been_a_string()
    {
        var token = TestContext.Current.CancellationToken;
        var options = new TestClusterOptions { InitialSilosCount = 1 };
        var ofSilo = new TestSiloSpecificOptions { SiloName = "Solo", SiloPort = 12_345, GatewayPort = 23_456 };
        var sent = new ConfigurationBuilder().AddInMemoryCollection(options.ToDictionary()).AddInMemoryCollection(ofSilo.ToDictionary()).Build();
        var received = TestClusterHostFactory.DeserializeConfiguration(TestClusterHostFactory.SerializeConfiguration(sent));
        Assert.Equal(options.ClusterId, received.GetTestClusterOptions().ClusterId);

        using var silo = TestClusterHostFactory.CreateSiloHost("unused", received);
        using var client = TestClusterHostFactory.CreateClusterClient("unused", received, host => host.ConfigureServices(services => services.AddSingleton("configured last")));
        await silo.StartAsync(token);
        await client.StartAsync(token);

        var where = await client.Services.GetRequiredService<IClusterClient>().GetGrain<IEchoGrain>(1).Where();
        Assert.Equal(12_345, where.Endpoint.Port);
        Assert.Equal("Solo", silo.Services.GetRequiredService<ILocalSiloDetails>().Name);
        Assert.Equal("configured last", client.Services.GetRequiredService<string>());
        await client.StopAsync(token);
        await silo.StopAsync(token);
    }

    [Fact]
    public void A_host_that_is_not_of_a_test_cluster_has_no_options_of_one() =>
        Assert.Throws<InvalidOperationException>(() => new HostBuilder().GetTestClusterOptions());
}
