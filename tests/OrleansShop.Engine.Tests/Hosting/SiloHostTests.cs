using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Xunit;

namespace OrleansShop.Engine.Tests.Hosting;

public sealed class SiloHostTests
{
    [Fact]
    public async Task The_client_of_the_silos_process_comes_from_its_services()
    {
        await using var silo = await TestSilo.StartAsync();
        var client = silo.Services.GetRequiredService<IClusterClient>();
        Assert.Equal("5", await client.GetGrain<Calls.IIntegerKeyGrain>(5).Key());
        Assert.Same(client, silo.Services.GetRequiredService<IGrainFactory>());
    }

    [Fact]
    public async Task An_invalid_configuration_does_not_start_and_lists_every_fault()
    {
        var failure = await Assert.ThrowsAsync<OrleansConfigurationException>(() => TestSilo.StartAsync(silo => silo
            .Configure<ClusterOptions>(options => options.ClusterId = "")
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.Zero)
            .Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromSeconds(1))));
        Assert.Contains("Orleans__ClusterId", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Messaging:ResponseTimeout", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CollectionAge", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Startup_tasks_run_in_their_stages_and_can_call_grains()
    {
        var log = new List<string>();
        await using var silo = await TestSilo.StartAsync(silo => silo
            .AddStartupTask(async (services, cancellationToken) => log.Add(await services.GetRequiredService<IGrainFactory>().GetGrain<Calls.IIntegerKeyGrain>(1).Key()))
            .AddStartupTask((_, _) => { log.Add("early"); return Task.CompletedTask; }, ServiceLifecycleStage.ApplicationServices));
        Assert.Equal(["early", "1"], log);
    }

    [Fact]
    public async Task A_startup_task_that_fails_fails_the_start() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => TestSilo.StartAsync(silo => silo.AddStartupTask((_, _) => throw new NotSupportedException())));

    [Fact]
    public async Task Localhost_clustering_sets_endpoint_and_cluster()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = 12_345;
        }).Configure<SiloOptions>(options => options.SiloName = "tester"));
        var details = silo.Services.GetRequiredService<ILocalSiloDetails>();
        Assert.Equal("tester", details.Name);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 12_345), details.SiloAddress.Endpoint);
    }

    [Fact]
    public async Task A_call_after_the_stop_fails_and_does_not_hang()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<Calls.IIntegerKeyGrain>(1);
        await grain.Key();
        await silo.StopAsync();
        await Assert.ThrowsAnyAsync<OrleansException>(() => grain.Key().WaitAsync(TimeSpan.FromSeconds(5)));
    }
}
