using OrleansShop.Engine.Processes.Tests.Grains;
using OrleansShop.Engine.Processes.Tests.Silos;
using Xunit;

namespace OrleansShop.Engine.Processes.Tests;

/// <summary>Reminders in one file, and silos that share nothing else.</summary>
public sealed class ReminderProcessTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Each_tick_comes_once_and_when_its_process_is_killed_the_others_come_from_another_one()
    {
        await using var cluster = await SiloProcesses.StartAsync(3);
        var clocks = await Start(cluster, 6);
        await cluster.Eventually(() => clocks.All(clock => Ticks(cluster, clock).Count >= 2), "all clocks tick");
        Assert.All(clocks, clock => Assert.Single(Ticks(cluster, clock).Select(static tick => tick.ProcessId).Distinct()));

        var killed = cluster.ById(Ticks(cluster, clocks[0])[^1].ProcessId);
        await cluster.KillAsync(killed);
        var before = clocks.ToDictionary(static clock => clock, clock => Ticks(cluster, clock).Count);
        await cluster.Eventually(() => clocks.All(clock => Ticks(cluster, clock).Count >= before[clock] + 3), "all clocks tick on");

        foreach (var clock in clocks)
        {
            var owner = Ticks(cluster, clock)[0].ProcessId;
            var (former, latter) = (Ticks(cluster, clock)[..before[clock]], Ticks(cluster, clock)[before[clock]..]);
            Assert.Single(latter.Select(static tick => tick.ProcessId).Distinct());
            if (owner == killed.Id)
            {
                // The ticks while nobody knew of the death are gone, but for one; the times are the same as ever.
                Assert.NotEqual(killed.Id, latter[0].ProcessId);
                InSuccession(former);
                InSuccession(latter);
                Assert.True(former[^1].Number <= latter[0].Number, $"{clock}: {former[^1].Number} came before {latter[0].Number}.");
            }
            else
            {
                Assert.Equal(owner, latter[0].ProcessId);
                InSuccession(Ticks(cluster, clock));
            }
        }
    }

    [Fact]
    public async Task A_process_that_stops_hands_its_reminders_over_and_no_tick_is_lost()
    {
        await using var cluster = await SiloProcesses.StartAsync(3);
        var clocks = await Start(cluster, 6);
        await cluster.Eventually(() => clocks.All(clock => Ticks(cluster, clock).Count >= 1), "all clocks tick");

        var stopped = cluster.ById(Ticks(cluster, clocks[0])[0].ProcessId);
        await cluster.StopAsync(stopped);
        var before = clocks.ToDictionary(static clock => clock, clock => Ticks(cluster, clock).Count);
        await cluster.Eventually(() => clocks.All(clock => Ticks(cluster, clock).Count >= before[clock] + 3), "all clocks tick on");

        foreach (var clock in clocks)
        {
            InSuccession(Ticks(cluster, clock));
            Assert.NotEqual(stopped.Id, Ticks(cluster, clock)[^1].ProcessId);
        }
    }

    private static async Task<List<string>> Start(SiloProcesses cluster, int count)
    {
        var clocks = Enumerable.Range(0, count).Select(static i => $"clock-{i}").ToList();
        foreach (var clock in clocks) await cluster.Client.GetGrain<IClockGrain>(clock).Start(Period);
        return clocks;
    }

    private static List<Tick> Ticks(SiloProcesses cluster, string clock) =>
        [.. cluster.Ledger.Where(line => line.Grain == clock).Select(static line => new Tick(line.ProcessId, int.Parse(line.Text, System.Globalization.CultureInfo.InvariantCulture)))];

    private static void InSuccession(List<Tick> ticks) =>
        Assert.Equal(Enumerable.Range(ticks[0].Number, ticks.Count), ticks.Select(static tick => tick.Number));

    private sealed record Tick(int ProcessId, int Number);
}
