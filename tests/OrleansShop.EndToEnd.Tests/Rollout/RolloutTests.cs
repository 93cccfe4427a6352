using System.Text.Json.Nodes;
using OrleansShop.EndToEnd.Tests.Moves;
using OrleansShop.EndToEnd.Tests.Systems;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.EndToEnd.Tests.Rollout;

/// <summary>A capability goes to the grains by itself, through gateways, with clients that write; and back by itself when its service fails.</summary>
public sealed class RolloutTests
{
    private const int StillRunning = 4;
    private const int RolledBack = 7;

    /// <summary>Short steps. Reads that overtake their copies differ; how fast a loaded machine is is not in question.</summary>
    private static readonly string[] Quickly =
    [
        "Capabilities__owners__Rollout__BakeTime=00:00:01",
        "Capabilities__owners__Rollout__Patience=00:02:00",
        "Capabilities__owners__Rollout__MinRequests=5",
        "Capabilities__owners__Rollout__Steps__0=20",
        "Capabilities__owners__Rollout__Steps__1=40",
        "Capabilities__owners__Rollout__Steps__2=60",
        "Capabilities__owners__Rollout__Steps__3=80",
        "Capabilities__owners__Rollout__Limits__LatencyFloor=00:00:20",
        "Capabilities__owners__Rollout__Limits__DifferentPercent=100",
    ];

    [Fact]
    public async Task It_goes_from_the_monolith_to_the_grains_by_itself_while_clients_write()
    {
        await using var system = await AppHostSystem.StartAsync(Quickly);
        await using var traffic = await Traffic.StartAsync(system.Client);

        var started = await system.ShopctlAsync("rollout", "owners", "--auto", "--no-wait", "--by", "ada");
        Assert.True(started.ExitCode == 0, started.Output);
        var ended = await EndAsync(system);
        await traffic.GoOnAsync();
        await traffic.StopAsync();

        Assert.True(ended.ExitCode == 0, ended.Output);
        Assert.Contains("owners: finished, grains", ended.Output, StringComparison.Ordinal);
        var verified = await system.ShopctlAsync("verify", "owners");
        Assert.True(verified.ExitCode == 0, verified.Output);
        var history = await system.ShopctlAsync("history", "owners");
        Assert.Contains("Finished.", history.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_fails_is_rolled_back_from_by_itself_and_nothing_acknowledged_is_lost()
    {
        await using var system = await AppHostSystem.StartAsync(Quickly);
        await using var road = await FaultyRoad.StartAsync(system.Monolith, system.Services);
        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AppHostTests.CreateOwnerAsync(road.Client)));
        var owners = ids.Select(id => new AcknowledgedOwner(road.Client, id)).ToList();
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(owners.Select(async owner =>
        {
            while (!stop.IsCancellationRequested)
            {
                await owner.WriteAsync();
                await owner.ReadAsync();
            }
        }));

        var started = await system.ShopctlAsync("rollout", "owners", "--auto", "--no-wait");
        Assert.True(started.ExitCode == 0, started.Output);
        await Eventually.Holds(async () => await PercentAsync(system) >= 40, "the canary is at 40 %");
        road.Fails = true;
        var ended = await EndAsync(system);
        await stop.CancelAsync();
        await writing;

        Assert.True(ended.ExitCode == RolledBack, ended.Output);
        Assert.Contains("owners: rolled back, monolith", ended.Output, StringComparison.Ordinal);
        Assert.Contains("requests to the grains failed, the limit is 1 %", ended.Output, StringComparison.Ordinal);
        Assert.True(owners.Sum(static owner => owner.Failed) > 0);
        foreach (var owner in owners) await owner.CheckAsync(system.Client);
    }

    private static async Task<ShopctlResult> EndAsync(AppHostSystem system)
    {
        ShopctlResult? last = null;
        var began = TimeProvider.System.GetTimestamp();
        while ((last = await system.ShopctlAsync("rollout", "owners")).ExitCode == StillRunning)
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMinutes(4)) throw new InvalidOperationException($"The rollout did not end within 4 minutes:\n{last.Output}");
            await Task.Delay(500);
        }

        return last;
    }

    private static async Task<int> PercentAsync(AppHostSystem system)
    {
        using var http = new HttpClient();
        return JsonNode.Parse(await http.GetStringAsync(new Uri(system.Gateway, "/admin/capabilities/owners")))!["percent"]!.GetValue<int>();
    }
}
