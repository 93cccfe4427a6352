using Microsoft.Extensions.DependencyInjection;
using Orleans.Timers;
using OrleansShop.Engine.Reminders.Memory;
using Xunit;

namespace OrleansShop.Engine.Tests.Reminders;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_reminder_ticks_when_due_and_then_once_a_period()
    {
        await using var cluster = await ReminderCluster.Start();
        var registeredAt = cluster.Time.GetUtcNow().UtcDateTime;
        await cluster.Grain(1).Register("r", 2 * Minute, 5 * Minute);

        cluster.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(0, cluster.Book.Count(1));
        await cluster.Advance(TimeSpan.FromSeconds(1), () => cluster.Book.Count(1) == 1, "the first tick has come");
        var first = cluster.Book.Last(1).Status;
        Assert.Equal(registeredAt + 2 * Minute, first.FirstTickTime);
        Assert.Equal(registeredAt + 2 * Minute, first.CurrentTickTime);
        Assert.Equal(5 * Minute, first.Period);

        await cluster.Advance(5 * Minute, () => cluster.Book.Count(1) == 2, "the second tick has come");
        var second = cluster.Book.Last(1).Status;
        Assert.Equal(registeredAt + 2 * Minute, second.FirstTickTime);
        Assert.Equal(registeredAt + 7 * Minute, second.CurrentTickTime);
    }

    [Fact]
    public async Task A_reminder_that_is_due_at_once_ticks_at_once()
    {
        await using var cluster = await ReminderCluster.Start();
        await cluster.Grain(1).Register("r", TimeSpan.Zero, Minute);
        await Eventually.Holds(() => cluster.Book.Count(1) == 1, "the first tick has come");
    }

    [Fact]
    public async Task A_tick_brings_back_a_grain_that_was_deactivated()
    {
        await using var cluster = await ReminderCluster.Start();
        await cluster.Grain(1).Register("r", Hour, Hour);
        await cluster.Cluster.DeactivateAsync(cluster.Grain(1));
        Assert.False(cluster.Cluster.TryGetGrainContext(cluster.Grain(1).GetGrainId(), out _));

        await cluster.Advance(Hour, () => cluster.Book.Count(1) == 1, "the tick has come");

        Assert.True(cluster.Cluster.TryGetGrainContext(cluster.Grain(1).GetGrainId(), out _));
    }

    [Fact]
    public async Task A_reminder_that_is_unregistered_does_not_tick()
    {
        await using var cluster = await ReminderCluster.Start();
        await cluster.Grain(1).Register("r", Minute, Minute);
        await cluster.Grain(1).Register("other", Minute, Minute);
        Assert.Equal(["other", "r"], await cluster.Grain(1).Names());

        Assert.True(await cluster.Grain(1).Unregister("r"));

        Assert.Equal(["other"], await cluster.Grain(1).Names());
        await cluster.Advance(Minute, () => cluster.Book.Count(1, "other") == 1, "the other reminder has ticked");
        await cluster.Advance(Minute, () => cluster.Book.Count(1, "other") == 2, "the other reminder has ticked again");
        Assert.Equal(0, cluster.Book.Count(1));
        Assert.False(await cluster.Grain(1).Unregister("r"));
    }

    [Fact]
    public async Task A_reminder_that_is_registered_again_ticks_by_its_new_times_alone()
    {
        await using var cluster = await ReminderCluster.Start();
        await cluster.Grain(1).Register("r", Minute, Minute);
        await cluster.Grain(1).Register("r", 2 * Hour, 3 * Hour);

        cluster.Time.Advance(2 * Hour - TimeSpan.FromSeconds(1));
        await cluster.WaitForQuiet();
        Assert.Equal(0, cluster.Book.Count(1));
        await cluster.Advance(TimeSpan.FromSeconds(1), () => cluster.Book.Count(1) == 1, "the tick has come at its new time");
        Assert.Equal(3 * Hour, cluster.Book.Last(1).Status.Period);
    }

    [Fact]
    public async Task A_handle_of_what_was_replaced_removes_nothing()
    {
        await using var cluster = await ReminderCluster.Start();

        var refused = await Assert.ThrowsAsync<ReminderException>(() => cluster.Grain(1).RegisterTwiceAndRemoveTheFirst("r"));

        Assert.Contains("registered anew", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["r"], await cluster.Grain(1).Names());
    }

    [Fact]
    public async Task A_grain_that_throws_gets_its_next_tick_all_the_same()
    {
        await using var cluster = await ReminderCluster.Start();
        await cluster.Grain(1).Fail(fails: true);
        await cluster.Grain(1).Register("r", Minute, Minute);
        for (var tick = 1; tick <= 3; tick++)
            await cluster.Advance(Minute, () => cluster.Book.Count(1) == tick, $"tick {tick} has come");
        Assert.Contains("has failed; the reminder goes on", cluster.Cluster.GetLog(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticks_of_one_reminder_do_not_overlap_and_what_comes_due_meanwhile_is_over()
    {
        await using var cluster = await ReminderCluster.Start();
        var registeredAt = cluster.Time.GetUtcNow().UtcDateTime;
        await cluster.Grain(1).Block();
        await cluster.Grain(1).Register("r", Minute, Minute);
        cluster.Time.Advance(Minute);
        await Eventually.Holds(() => cluster.Book.Count(1) == 1, "the first tick has begun");
        cluster.Time.Advance(TimeSpan.FromSeconds(150));
        Assert.Equal(1, cluster.Book.Count(1));

        await cluster.Grain(1).Release();

        await cluster.WaitForQuiet();
        await cluster.Advance(TimeSpan.FromSeconds(30), () => cluster.Book.Count(1) == 2, "the second tick has come");
        Assert.Equal(registeredAt + 4 * Minute, cluster.Book.Last(1).Status.CurrentTickTime);
    }

    [Fact]
    public async Task A_due_time_of_many_weeks_is_kept()
    {
        await using var cluster = await ReminderCluster.Start(1, silo =>
        {
            silo.UseInMemoryReminderService();

            // Nothing is to be read again on the way: the one timer has to last.
            silo.Configure<ReminderOptions>(options => (options.RefreshReminderListPeriod, options.ReminderLoadingWindow) = (TimeSpan.FromDays(49), TimeSpan.FromDays(100)));
        });
        await cluster.Grain(1).Register("r", TimeSpan.FromDays(70), TimeSpan.FromDays(60));
        cluster.Time.Advance(TimeSpan.FromDays(70) - TimeSpan.FromSeconds(1));
        await cluster.WaitForQuiet();
        Assert.Equal(0, cluster.Book.Count(1));
        await cluster.Advance(TimeSpan.FromSeconds(1), () => cluster.Book.Count(1) == 1, "the first tick has come");
        await cluster.Advance(TimeSpan.FromDays(60), () => cluster.Book.Count(1) == 2, "the second tick has come");
    }

    [Fact]
    public async Task What_is_due_far_ahead_is_not_kept_in_memory_and_comes_in_time()
    {
        await using var cluster = await ReminderCluster.Start(1, static silo => silo.UseInMemoryReminderService());
        for (var key = 0; key < 50; key++)
            await cluster.Grain(key).Register("r", Hour, Hour);
        cluster.Time.Advance(5 * Minute);
        await Eventually.Holds(() => cluster.Kept().Values.Single() == 0, "the next reading has let the reminders go");

        // In steps of the reading, as time goes.
        for (var step = 0; step < 11; step++)
        {
            cluster.Time.Advance(5 * Minute);
            await cluster.Settle();
        }

        await Eventually.Holds(() => cluster.Book.All.Count == 50, $"all have ticked; {cluster.Book.All.Count} have");
    }

    [Theory]
    [InlineData(-1, 60, "dueTime")]
    [InlineData(-0.001, 60, "dueTime")]
    [InlineData(3e11, 60, "dueTime")]
    [InlineData(0, 59, "MinimumReminderPeriod")]
    [InlineData(0, 0, "period")]
    [InlineData(0, -0.001, "period")]
    public async Task Times_out_of_range_are_refused_and_say_what_would_be_right(double dueSeconds, double periodSeconds, string named)
    {
        await using var cluster = await ReminderCluster.Start();

        var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => cluster.Grain(1).Register("r", TimeSpan.FromSeconds(dueSeconds), TimeSpan.FromSeconds(periodSeconds)));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Empty(await cluster.Grain(1).Names());
    }

    [Fact]
    public async Task A_name_that_is_empty_or_too_long_is_refused()
    {
        await using var cluster = await ReminderCluster.Start();
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.Grain(1).Register("", Hour, Hour));
        await cluster.Grain(1).Register(new string('x', 256), Hour, Hour);
        var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cluster.Grain(1).Register(new string('x', 257), Hour, Hour));
        Assert.Contains("256", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grain_that_is_not_remindable_is_refused()
    {
        await using var cluster = await ReminderCluster.Start();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Cluster.Client.GetGrain<IForgetfulGrain>(1).Register());
        Assert.Contains("IRemindable", refused.Message, StringComparison.Ordinal);

        var registry = cluster.Cluster.GetSiloServiceProvider().GetRequiredService<IReminderRegistry>();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => registry.RegisterOrUpdateReminder(cluster.Cluster.Client.GetGrain<IForgetfulGrain>(1).GetGrainId(), "r", Hour, Hour));
    }

    [Fact]
    public async Task A_silo_without_reminders_says_which_methods_add_them()
    {
        await using var cluster = await ReminderCluster.Start(1, static _ => { });
        var refused = await Assert.ThrowsAsync<OrleansConfigurationException>(() => cluster.Grain(1).Register("r", Hour, Hour));
        Assert.Contains("UseInMemoryReminderService", refused.Message, StringComparison.Ordinal);
        Assert.Contains("UseSqliteReminderService", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminders_without_a_table_do_not_start()
    {
        var refused = await Assert.ThrowsAsync<OrleansConfigurationException>(() => TestSilo.StartAsync(static silo => silo.AddReminders()));
        Assert.Contains("UseInMemoryReminderService", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_out_of_range_do_not_start_and_are_all_named()
    {
        var refused = await Assert.ThrowsAsync<OrleansConfigurationException>(() => TestSilo.StartAsync(static silo => silo.UseInMemoryReminderService()
            .Configure<ReminderOptions>(options => (options.RefreshReminderListPeriod, options.InitializationTimeout) = (TimeSpan.Zero, -Hour))));
        Assert.Contains("RefreshReminderListPeriod", refused.Message, StringComparison.Ordinal);
        Assert.Contains("InitializationTimeout", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_clusters_with_nobody_has_reminders_too()
    {
        var book = new TickBook();
        await using var silo = await TestSilo.StartAsync(builder =>
        {
            builder.Services.AddSingleton(book);
            builder.UseInMemoryReminderService();
        });
        await silo.Get<IReminderGrain>(1).Register("r", TimeSpan.Zero, Hour);
        await Eventually.Holds(() => book.Count(1) == 1, "the tick has come");
    }

    [Fact]
    public async Task A_table_that_cannot_be_read_is_tried_again()
    {
        var table = new FailingTable();
        await using var cluster = await ReminderCluster.Start(1, silo =>
        {
            silo.AddReminders();
            silo.Services.AddSingleton<IReminderTable>(table);
        });
        await cluster.Grain(1).Register("r", 3 * Hour, Hour);
        table.Fails = true;
        cluster.Time.Advance(5 * Minute);
        await Eventually.Holds(() => table.Failures > 0, "a reading has failed");
        table.Fails = false;
        await Eventually.Holds(() => cluster.Kept().Values.Single() == 0, "a later reading has succeeded, and let go what is due far ahead");
        Assert.Contains("could not be read from the table", cluster.Cluster.GetLog(), StringComparison.Ordinal);
    }

    private sealed class FailingTable : IReminderTable
    {
        private readonly MemoryReminderTable _rows = new();

        public bool Fails { get; set; }

        public int Failures { get; private set; }

        public Task<ReminderTableData> ReadRows(GrainId grainId) => _rows.ReadRows(grainId);

        public Task<ReminderTableData> ReadRows(uint begin, uint end)
        {
            if (!Fails)
                return _rows.ReadRows(begin, end);
            Failures++;
            throw new IOException("The table is away.");
        }

        public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => _rows.ReadRow(grainId, reminderName);

        public Task<string?> UpsertRow(ReminderEntry entry) => _rows.UpsertRow(entry);

        public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => _rows.RemoveRow(grainId, reminderName, eTag);

        public Task TestOnlyClearTable() => _rows.TestOnlyClearTable();
    }
}

public interface IForgetfulGrain : IGrainWithIntegerKey
{
    Task Register();
}

internal sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task Register() => this.RegisterOrUpdateReminder("r", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
}
