using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;
using Orleans.TestingHost.UnixSocketTransport;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

public sealed class ConnectionTransportTests
{
    [Theory]
    [InlineData(ConnectionTransportType.InMemory)]
    [InlineData(ConnectionTransportType.TcpSocket)]
    [InlineData(ConnectionTransportType.UnixSocket)]
    public async Task Grains_on_all_silos_answer_a_client_and_each_other_over_every_transport(ConnectionTransportType transport)
    {
        var builder = new TestClusterBuilder(3);
        builder.Options.ConnectionTransport = transport;
        await using var cluster = builder.Build();
        await cluster.DeployAsync();

        var silos = await Task.WhenAll(Enumerable.Range(0, 100).Select(key => cluster.Client.GetGrain<IEchoGrain>(key).Where()));

        Assert.Equal(3, silos.Distinct().Count());
        Assert.Equal(silos[7], await cluster.GetSiloServiceProvider(silos.First(silo => !silo.Equals(silos[7]))).GetRequiredService<IGrainFactory>().GetGrain<IEchoGrain>(7).Where());
    }

    [Fact]
    public async Task A_killed_silo_is_missed_and_replaced_over_unix_sockets_and_leaves_no_file()
    {
        var builder = new TestClusterBuilder(3);
        builder.Options.ConnectionTransport = ConnectionTransportType.UnixSocket;
        await using (var cluster = builder.Build())
        {
            await cluster.DeployAsync();
            Assert.NotEmpty(SocketFiles(cluster.Options.ClusterId));
            await cluster.KillSiloAsync(cluster.SecondarySilos[0]);
            await cluster.StartAdditionalSiloAsync();
            await cluster.WaitForLivenessToStabilizeAsync(didKill: true);
            await Task.WhenAll(Enumerable.Range(0, 100).Select(key => cluster.Client.GetGrain<IEchoGrain>(key).Where()));
        }

        Assert.Empty(SocketFiles(builder.Options.ClusterId));
    }

    [Fact]
    public void The_file_of_an_endpoint_is_named_after_it_by_default()
    {
        var path = new UnixSocketConnectionOptions().ConvertEndpointToPath(new IPEndPoint(IPAddress.Loopback, 11111));
        Assert.Equal(Path.Combine(Path.GetTempPath(), "127_0_0_1_11111"), path);
    }

    [Fact]
    public async Task Configurators_say_how_silos_meet_when_the_cluster_does_not()
    {
        var builder = new TestClusterBuilder(2);
        builder.Options.UseTestClusterMembership = false;
        builder.AddSiloBuilderConfigurator<LocalhostSilo>();
        builder.AddClientBuilderConfigurator<LocalhostClient>();
        await using var cluster = builder.Build();

        await cluster.DeployAsync();

        Assert.Equal(2, (await Task.WhenAll(Enumerable.Range(0, 50).Select(key => cluster.Client.GetGrain<IEchoGrain>(key).Where()))).Distinct().Count());
    }

    private static string[] SocketFiles(string clusterId) => Directory.GetFiles(Path.GetTempPath(), $"{clusterId}-*.sock");

    private sealed class LocalhostSilo : IHostConfigurator
    {
        public void Configure(IHostBuilder hostBuilder)
        {
            var options = hostBuilder.GetTestClusterOptions();
            hostBuilder.UseOrleans((context, silo) => silo.UseLocalhostClustering(
                int.Parse(hostBuilder.GetConfigurationValue("SiloPort")!, CultureInfo.InvariantCulture),
                int.Parse(hostBuilder.GetConfigurationValue("GatewayPort")!, CultureInfo.InvariantCulture),
                new IPEndPoint(IPAddress.Loopback, options.BaseSiloPort)));
        }
    }

    private sealed class LocalhostClient : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
            clientBuilder.UseLocalhostClustering(configuration.GetTestClusterOptions().BaseGatewayPort);
    }
}
