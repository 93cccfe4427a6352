using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansShop.Strangler.Bridge.Startup;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Bridge.Tests;

public sealed class BridgeStartupTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_bridge_that_starts_before_the_monolith_becomes_ready_with_the_tables()
    {
        await using var running = await RunningBridge.StartAsync(schema: null);
        var client = running.Client();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        await Assert.ThrowsAsync<BridgeUnavailableException>(() => running.Bridge().ReadAsync(new RowQuery("library", "book")));

        await RunningBridge.CreateAsync(running.Database, "CREATE TABLE books (id INTEGER PRIMARY KEY AUTOINCREMENT)");
        await Assert.ThrowsAsync<BridgeUnavailableException>(() => running.Bridge().ReadAsync(new RowQuery("library", "book")));
        await RunningBridge.CreateAsync(running.Database, "DROP TABLE books; " + RunningBridge.Schema);

        using var deadline = new CancellationTokenSource(Deadline);
        while ((await client.GetAsync("/health/ready", deadline.Token)).StatusCode != HttpStatusCode.OK)
        {
            await Task.Delay(20, deadline.Token);
        }

        Assert.Empty((await running.Bridge().ReadAsync(new RowQuery("library", "book"))).Items);
    }

    [Fact]
    public async Task A_database_that_does_not_fit_stops_the_process_and_names_the_fault()
    {
        await using var running = await RunningBridge.StartAsync(
            RunningBridge.Schema.Replace("shelf TEXT", "place TEXT", StringComparison.Ordinal), "--Bridge:SchemaTimeout=00:00:00");

        await running.Application.WaitForShutdownAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline);

        var fault = Assert.Single(running.Application.Services.GetRequiredService<SchemaStartup>().Fault!.Faults);
        Assert.Equal(("Capabilities:library:Entities:0:References:0", "shelf"), (fault.Key, fault.Given));
    }

    [Fact]
    public void A_wrong_configuration_lists_every_fault_before_anything_starts()
    {
        var faults = Assert.Throws<CapabilityConfigurationException>(() => BridgeApplication.Create(
            ["--Capabilities:owners:Service=nowhere", "--Capabilities:pets:Entities:0:Table=drop table;"])).Faults;

        Assert.Equal(["Capabilities:owners:Service", "Capabilities:pets:Entities:0:Table"], faults.Select(fault => fault.Key).Order());
    }
}
