using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.FirstGrain;

/// <summary>The cart in a host, as an application has it.</summary>
public sealed class CartHostTests
{
    [Fact]
    public async Task A_host_serves_the_cart()
    {
        var token = TestContext.Current.CancellationToken;
        string[] args = [];
        var builder = Host.CreateApplicationBuilder(args);
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddMemoryGrainStorage("carts"));
        MoveToFreePorts(builder);
        using var host = builder.Build();
        await host.StartAsync(token);
        Assert.Equal(2, await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICart>("ada").Add("tea", 2));
        await host.StopAsync(token);
    }

    // Ports of a test are whatever is free.
    private static void MoveToFreePorts(HostApplicationBuilder builder) =>
        builder.Services.PostConfigure<EndpointOptions>(options => (options.SiloPort, options.GatewayPort) = (0, 0));
}
