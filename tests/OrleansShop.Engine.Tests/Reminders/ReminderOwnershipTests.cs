using Microsoft.Extensions.DependencyInjection;
using Orleans.Timers;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Reminders.Memory;
using Xunit;

namespace OrleansShop.Engine.Tests.Reminders;

/// <summary>Reminders when silos come and go.</summary>
public sealed class ReminderOwnershipTests
{
    private const int Many = 300;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Each_of_many_reminders_is_kept_by_one_silo_and_ticks_once_a_period()
    {
        await using var cluster = await ReminderCluster.Start(3);
        await RegisterMany(cluster);
        var kept = cluster.Kept();
        Assert.Equal(Many, kept.Values.Sum());
        Assert.All(kept.Values, count => Assert.InRange(count, Many / 10, Many));

        await TickAll(cluster, 1);
        await TickAll(cluster, 2);
        Assert.Equal(3, cluster.Book.All.Select(tick => tick.Silo).Distinct().Count());
    }

    [Fact]
    public async Task A_silo_that_stops_leaves_its_reminders_to_the_others()
    {
        await using var cluster = await ReminderCluster.Start(3);
        await RegisterMany(cluster);
        await TickAll(cluster, 1);

        await cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos[1]);
        await cluster.Settle();

        await TickAll(cluster, 2);
    }

    [Fact]
    public async Task A_silo_that_crashes_leaves_its_reminders_to_the_others()
    {
        await using var cluster = await ReminderCluster.Start(3);
        await RegisterMany(cluster);
        await TickAll(cluster, 1);

        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[1]);
        await cluster.Settle();

        await TickAll(cluster, 2);
    }

    [Fact]
    public async Task A_silo_that_joins_takes_its_share_of_the_reminders()
    {
        await using var cluster = await ReminderCluster.Start(1);
        await RegisterMany(cluster);
        await TickAll(cluster, 1);

        var joined = await cluster.Cluster.StartAdditionalSiloAsync();
        await cluster.Settle();

        await TickAll(cluster, 2);
        Assert.Contains(cluster.Book.All, tick => tick.Silo == joined.Name);
        await Eventually.Holds(() => cluster.Kept().Values.Sum() == Many, "each reminder is kept once");
        Assert.All(cluster.Kept().Values, count => Assert.InRange(count, Many / 10, Many));
    }

    [Fact]
    public async Task Reminders_tick_after_all_silos_were_started_again_and_once_for_what_was_missed()
    {
        await using var cluster = await ReminderCluster.Start(2);
        await RegisterMany(cluster);
        await TickAll(cluster, 1);
        await cluster.Cluster.StopSilosAsync();
        cluster.Time.Advance(5 * Hour);

        await cluster.Cluster.StartSilosAsync(2);

        await Eventually.Holds(() => cluster.Book.All.Count == 2 * Many, "each reminder has ticked once for what was missed");
        await cluster.Settle();
        await cluster.WaitForQuiet();
        await TickAll(cluster, 3);
    }

    [Fact]
    public async Task A_restart_without_an_outage_repeats_no_tick()
    {
        await using var cluster = await ReminderCluster.Start(2);
        await RegisterMany(cluster);
        await TickAll(cluster, 1);
        await cluster.Cluster.StopSilosAsync();
        await cluster.Cluster.StartSilosAsync(2);
        await cluster.Settle();
        await cluster.WaitForQuiet();
        Assert.Equal(Many, cluster.Book.All.Count);
        await TickAll(cluster, 2);
    }

    [Fact]
    public async Task With_a_table_that_does_not_remember_ticks_reminders_go_on_after_an_outage_with_the_next()
    {
        var table = new ForgetfulTable();
        await using var cluster = await ReminderCluster.Start(1, silo =>
        {
            silo.AddReminders();
            silo.Services.AddSingleton<IReminderTable>(table);
        });
        await cluster.Grain(1).Register("r", Hour, Hour);
        await cluster.Advance(Hour, () => cluster.Book.Count(1) == 1, "the first tick has come");
        await cluster.Cluster.StopSilosAsync();
        cluster.Time.Advance(5 * Hour + TimeSpan.FromMinutes(30));
        await cluster.Cluster.StartSilosAsync(1);
        await cluster.Settle();
        await cluster.WaitForQuiet();
        Assert.Equal(1, cluster.Book.Count(1));

        await cluster.Advance(TimeSpan.FromMinutes(30), () => cluster.Book.Count(1) == 2, "the next tick has come");
    }

    [Fact]
    public async Task A_change_on_a_silo_that_does_not_own_the_grain_reaches_the_one_that_does_at_once()
    {
        await using var cluster = await ReminderCluster.Start(3);
        for (var key = 0; key < 30; key++)
        {
            var grain = cluster.Grain(key).GetGrainId();
            var elsewhere = cluster.Cluster.Silos.First(silo => !OwnerOf(silo.ServiceProvider, grain).Equals(silo.SiloAddress)).ServiceProvider.GetRequiredService<IReminderRegistry>();
            var reminder = await elsewhere.RegisterOrUpdateReminder(grain, "r", TimeSpan.FromMinutes(1), Hour);
            await elsewhere.RegisterOrUpdateReminder(grain, "gone", TimeSpan.FromMinutes(1), Hour);
            await elsewhere.UnregisterReminder(grain, await elsewhere.GetReminder(grain, "gone") ?? reminder);
        }

        Assert.Equal(30, cluster.Kept().Values.Sum());
        await cluster.Advance(TimeSpan.FromMinutes(1), () => cluster.Book.All.Count == 30, "all reminders have ticked");
        Assert.Equal(0, cluster.Book.All.Count(tick => tick.Name == "gone"));
    }

    [Fact]
    public async Task What_is_changed_in_the_table_alone_is_found_by_the_next_reading()
    {
        await using var cluster = await ReminderCluster.Start(2);
        var table = cluster.Cluster.GetSiloServiceProvider().GetRequiredService<IReminderTable>();
        var start = cluster.Time.GetUtcNow().UtcDateTime.AddMinutes(7);
        var grain = cluster.Grain(1).GetGrainId();
        var etag = await table.UpsertRow(new ReminderEntry { GrainId = grain, ReminderName = "r", StartAt = start, Period = Hour });
        Assert.Equal(0, cluster.Kept().Values.Sum());
        cluster.Time.Advance(TimeSpan.FromMinutes(5));
        await Eventually.Holds(() => cluster.Kept().Values.Sum() == 1, "the reading has found it");
        await cluster.Advance(TimeSpan.FromMinutes(2), () => cluster.Book.Count(1) == 1, "it has ticked");

        await table.RemoveRow(grain, "r", etag!);
        cluster.Time.Advance(TimeSpan.FromMinutes(5));
        await Eventually.Holds(() => cluster.Kept().Values.Sum() == 0, "the reading has not found it any more");
    }

    [Fact]
    public async Task A_row_without_a_period_is_left_out_and_said()
    {
        await using var cluster = await ReminderCluster.Start();
        var table = cluster.Cluster.GetSiloServiceProvider().GetRequiredService<IReminderTable>();
        await table.UpsertRow(new ReminderEntry { GrainId = cluster.Grain(1).GetGrainId(), ReminderName = "r", StartAt = cluster.Time.GetUtcNow().UtcDateTime, Period = TimeSpan.Zero });
        cluster.Time.Advance(TimeSpan.FromMinutes(5));
        await Eventually.Holds(() => cluster.Cluster.GetLog().Contains("a period must be longer than zero", StringComparison.Ordinal), "the row is complained about");
        Assert.Equal(0, cluster.Kept().Values.Sum());
    }

    private static SiloAddress OwnerOf(IServiceProvider silo, GrainId grain) =>
        silo.GetRequiredService<IGrainLocation>().TryGetOwner(grain, out var owner) ? owner : throw new InvalidOperationException($"Nobody owns {grain}.");

    private static Task RegisterMany(ReminderCluster cluster) => Task.WhenAll(Enumerable.Range(0, Many).Select(key => cluster.Grain(key).Register("r", Hour, Hour)));

    private static async Task TickAll(ReminderCluster cluster, int round)
    {
        await cluster.Advance(Hour, () => cluster.Book.All.Count >= round * Many, $"each reminder has ticked {round} times");
        var byGrain = cluster.Book.All.GroupBy(tick => tick.Grain).ToList();
        Assert.Equal(Many, byGrain.Count);
        Assert.All(byGrain, ticks => Assert.Equal(round, ticks.Count()));
    }

    private sealed class ForgetfulTable : IReminderTable
    {
        private readonly MemoryReminderTable _rows = new();

        public Task<ReminderTableData> ReadRows(GrainId grainId) => _rows.ReadRows(grainId);

        public Task<ReminderTableData> ReadRows(uint begin, uint end) => _rows.ReadRows(begin, end);

        public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => _rows.ReadRow(grainId, reminderName);

        public Task<string?> UpsertRow(ReminderEntry entry) => _rows.UpsertRow(entry);

        public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => _rows.RemoveRow(grainId, reminderName, eTag);

        public Task TestOnlyClearTable() => _rows.TestOnlyClearTable();
    }
}
