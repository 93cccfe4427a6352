using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Tests.Client;
using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.Membership;

public interface IPlaceGrain : IGrainWithIntegerKey
{
    Task<SiloAddress> Where();
}

public sealed class PlaceGrain(ILocalSiloDetails silo) : Grain, IPlaceGrain
{
    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);
}

/// <summary>Silos and a client over TCP that find each other in DynamoDB.</summary>
public sealed class DynamoDBClusteringTests(DynamoDBFixture fixture) : IAsyncLifetime
{
    private const int Grains = 40;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly string _table = DynamoDBFixture.NewTableName("silos");
    private readonly StartedHosts _hosts = new();
    private string _endpoint = "";

    public async ValueTask InitializeAsync() => _endpoint = await fixture.EndpointAsync();

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Fact]
    public async Task Silos_and_a_client_find_each_other_and_grains_survive_a_stop_and_a_crash()
    {
        var silos = new List<IHost> { await StartSilo(), await StartSilo(), await StartSilo() };
        var client = await _hosts.StartClient(builder =>
        {
            builder.UseDynamoDBClustering((DynamoDBGatewayOptions options) => (options.Service, options.TableName) = (_endpoint, _table));
            builder.Configure<ClusterOptions>(options => options.ClusterId = "dynamo-test");
        });
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        Assert.Equal(3, (await Task.WhenAll(Enumerable.Range(0, Grains).Select(key => grains.GetGrain<IPlaceGrain>(key).Where()))).Distinct().Count());

        await _hosts.Stop(silos[0]);
        Assert.Equal(2, (await Task.WhenAll(Enumerable.Range(0, Grains).Select(key => grains.GetGrain<IPlaceGrain>(key).Where()))).Distinct().Count());

        _hosts.Forget(silos[1]);
        await silos[1].Services.GetRequiredService<SiloLife>().Kill();
        for (var key = 0; key < Grains; key++)
            Assert.Equal(AddressOf(silos[2]), await WhereAtLast(grains.GetGrain<IPlaceGrain>(key)));
        await silos[1].StopAsync(new CancellationToken(canceled: true));
        silos[1].Dispose();
    }

    [Fact]
    public async Task Wrong_options_are_all_named_at_the_start()
    {
        var failure = await Assert.ThrowsAsync<OrleansConfigurationException>(() => _hosts.StartSilo(silo => silo.UseDynamoDBClustering((DynamoDBClusteringOptions options) =>
        {
            options.Service = "nowhere-1";
            options.TableName = "a";
        })));

        Assert.Contains("nowhere-1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("DynamoDBClusteringOptions.TableName", failure.Message, StringComparison.Ordinal);
    }

    private static SiloAddress AddressOf(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    // A call that was on its way to the silo that died fails; the next one finds the new owner.
    private static async Task<SiloAddress> WhereAtLast(IPlaceGrain grain)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await grain.Where();
            }
            catch (SiloUnavailableException) when (TimeProvider.System.GetElapsedTime(since) < s_deadline)
            {
                await Task.Delay(20);
            }
        }
    }

    private Task<IHost> StartSilo()
    {
        var (port, gateway) = (FreePort.At(IPAddress.Loopback), FreePort.At(IPAddress.Loopback));
        return _hosts.StartSilo(silo =>
        {
            silo.UseDynamoDBClustering((DynamoDBClusteringOptions options) => (options.Service, options.TableName) = (_endpoint, _table));
            silo.ConfigureEndpoints(IPAddress.Loopback, port, gateway);
            silo.Configure<ClusterOptions>(options => options.ClusterId = "dynamo-test");
            silo.Configure<ClusteringOptions>(options => options.HeartbeatPeriod = TimeSpan.FromMilliseconds(300));
        });
    }
}
