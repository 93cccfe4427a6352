using Xunit;

namespace OrleansShop.Testing.Reminders;

/// <summary>What every reminder table does. Each has a class that derives from this one.</summary>
public abstract class ReminderTableTests : IAsyncLifetime
{
    private static readonly DateTime Start = new(2030, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private static readonly TimeSpan Period = new(1, 2, 3, 4, 567);
    private static readonly GrainId Somebody = GrainId.Create("person", "Zoë/1F+ext");

    private IReminderTable _table = null!;

    protected IReminderTable Table => _table;

    public async ValueTask InitializeAsync()
    {
        _table = await OpenAsync("service");
        await _table.StartAsync();
    }

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task What_was_written_is_read_as_it_was()
    {
        var etag = await Write(Somebody, "r");

        var row = Assert.IsType<ReminderEntry>(await _table.ReadRow(Somebody, "r"));
        Assert.Equal((Somebody, "r", Start, Period, etag), (row.GrainId, row.ReminderName, row.StartAt, row.Period, row.ETag));
        Assert.Equal(DateTimeKind.Utc, row.StartAt.Kind);
    }

    [Fact]
    public async Task What_is_not_there_is_not_read()
    {
        await Write(Somebody, "r");

        Assert.Null(await _table.ReadRow(Somebody, "R"));
        Assert.Null(await _table.ReadRow(GrainId.Create("person", "other"), "r"));
        Assert.Empty((await _table.ReadRows(GrainId.Create("person", "other"))).Reminders);
    }

    [Fact]
    public async Task A_second_write_replaces_the_row_and_its_etag()
    {
        var first = await Write(Somebody, "r");
        var second = await _table.UpsertRow(new ReminderEntry { GrainId = Somebody, ReminderName = "r", StartAt = Start.AddDays(1), Period = 2 * Period });

        Assert.NotEqual(first, second);
        var row = Assert.Single((await _table.ReadRows(Somebody)).Reminders);
        Assert.Equal((Start.AddDays(1), 2 * Period, second), (row.StartAt, row.Period, row.ETag));
    }

    [Fact]
    public async Task A_grains_rows_are_read_together()
    {
        await Write(Somebody, "one");
        await Write(Somebody, "two");
        await Write(GrainId.Create("person", "other"), "three");

        Assert.Equal(["one", "two"], (await _table.ReadRows(Somebody)).Reminders.Select(row => row.ReminderName).Order());
    }

    [Fact]
    public async Task A_row_is_removed_with_its_etag_only()
    {
        var old = await Write(Somebody, "r");
        var etag = await Write(Somebody, "r");

        Assert.False(await _table.RemoveRow(Somebody, "r", old));
        Assert.False(await _table.RemoveRow(Somebody, "r", "not an etag"));
        Assert.NotNull(await _table.ReadRow(Somebody, "r"));
        Assert.True(await _table.RemoveRow(Somebody, "r", etag));
        Assert.Null(await _table.ReadRow(Somebody, "r"));
        Assert.False(await _table.RemoveRow(Somebody, "r", etag));
    }

    [Fact]
    public async Task The_etag_of_a_removed_row_does_not_come_back()
    {
        var etag = await Write(Somebody, "r");
        await _table.RemoveRow(Somebody, "r", etag);
        await Write(Somebody, "r");

        Assert.False(await _table.RemoveRow(Somebody, "r", etag));
        Assert.NotNull(await _table.ReadRow(Somebody, "r"));
    }

    [Fact]
    public async Task A_range_is_above_its_begin_and_up_to_its_end_and_may_wrap()
    {
        var hashes = new List<uint>();
        for (var key = 0; key < 200; key++)
        {
            var grain = GrainId.Create("person", $"{key}");
            hashes.Add(grain.GetUniformHashCode());
            await Write(grain, "r");
        }

        hashes.Sort();
        await Check(hashes[50], hashes[150], hash => hash > hashes[50] && hash <= hashes[150]);
        await Check(hashes[50], hashes[51], hash => hash == hashes[51]);
        await Check(hashes[150], hashes[50], hash => hash > hashes[150] || hash <= hashes[50]);
        await Check(hashes[50], hashes[50], _ => true);
        await Check(0, 0, _ => true);
        await Check(uint.MaxValue, uint.MaxValue, _ => true);
        await Check(0, uint.MaxValue, hash => hash > 0);
        await Check(uint.MaxValue, hashes[9], hash => hash <= hashes[9]);

        // The partitions of the ring, one by one, are the whole table.
        var found = 0;
        for (uint partition = 0; partition < 1024; partition++)
        {
            unchecked
            {
                found += (await _table.ReadRows((partition << 22) - 1, ((partition + 1) << 22) - 1)).Reminders.Count;
            }
        }

        Assert.Equal(200, found);

        async Task Check(uint begin, uint end, Func<uint, bool> isWithin) => Assert.Equal(
            hashes.Where(isWithin),
            (await _table.ReadRows(begin, end)).Reminders.Select(row => row.GrainId.GetUniformHashCode()).Order());
    }

    [Fact]
    public async Task Long_and_odd_names_are_kept()
    {
        var name = new string('ü', 250) + "'\"%\0/";
        var etag = await Write(Somebody, name);

        Assert.Equal(name, (await _table.ReadRow(Somebody, name))?.ReminderName);
        Assert.True(await _table.RemoveRow(Somebody, name, etag));
    }

    [Fact]
    public async Task Clearing_removes_the_rows_of_the_service_and_no_others()
    {
        var other = await OpenAsync("other");
        await other.StartAsync();
        await other.UpsertRow(new ReminderEntry { GrainId = Somebody, ReminderName = "r", StartAt = Start, Period = Period });
        await Write(Somebody, "r");

        await _table.TestOnlyClearTable();

        Assert.Empty((await _table.ReadRows(0, 0)).Reminders);
        Assert.Single((await other.ReadRows(0, 0)).Reminders);
    }

    [Fact]
    public async Task Writes_at_the_same_time_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(key => Write(GrainId.Create("person", $"{key % 100}"), $"r{key / 100}")));

        var rows = (await _table.ReadRows(0, 0)).Reminders;
        Assert.Equal(300, rows.Count);
        Assert.Equal(300, rows.Select(row => row.ETag).Distinct().Count());
    }

    /// <summary>Opens the table of a service. Called more than once in a test; what is opened is stopped in <see cref="DisposeAsync"/>.</summary>
    protected abstract ValueTask<IReminderTable> OpenAsync(string serviceId);

    protected async Task<string> Write(GrainId grain, string name) =>
        Assert.IsType<string>(await _table.UpsertRow(new ReminderEntry { GrainId = grain, ReminderName = name, StartAt = Start, Period = Period }));
}
