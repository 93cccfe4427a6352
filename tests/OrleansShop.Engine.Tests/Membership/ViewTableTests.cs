using OrleansShop.Engine.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

/// <summary>What every membership table has to do, on each of them.</summary>
public sealed class ViewTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("views").FullName;

    public static TheoryData<string> Tables => ["memory", "file"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task What_is_written_is_read(string kind)
    {
        var table = Table(kind);
        Assert.Equal(0, (await table.Read(default)).Version);

        Assert.True(await table.TryWrite(Rows.Row(1, hosts: ["owner", "pet"]), 0, default));
        Assert.True(await table.TryWrite(Rows.Row(2, SiloStatus.Joining), 1, default));

        var view = await table.Read(default);
        Assert.Equal(2, view.Version);
        Assert.Equal([Rows.Silo(1), Rows.Silo(2)], view.Rows.Select(row => row.Silo));
        Assert.Equal([GrainType.Create("owner"), GrainType.Create("pet")], view.Find(Rows.Silo(1))!.Hosts.Select(grain => grain.GrainType));
        Assert.Equal(SiloStatus.Joining, view.Find(Rows.Silo(2))!.Status);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_write_on_an_old_version_changes_nothing(string kind)
    {
        var table = Table(kind);
        Assert.True(await table.TryWrite(Rows.Row(1), 0, default));

        Assert.False(await table.TryWrite(Rows.Row(2), 0, default));

        var view = await table.Read(default);
        Assert.Equal(1, view.Version);
        Assert.Null(view.Find(Rows.Silo(2)));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Of_many_writers_at_once_each_version_has_one(string kind)
    {
        var table = Table(kind);

        await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(async () =>
        {
            while (!await table.TryWrite(Rows.Row(number), (await table.Read(default)).Version, default))
            {
            }
        })));

        var view = await table.Read(default);
        Assert.Equal(8, view.Version);
        Assert.Equal(8, view.Rows.Length);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_heartbeat_counts_up_without_a_new_version_and_survives_a_change_of_status(string kind)
    {
        var table = Table(kind);
        Assert.True(await table.TryWrite(Rows.Row(1, SiloStatus.Joining), 0, default));
        Assert.True(await table.Beat(Rows.Silo(1), default));
        Assert.True(await table.Beat(Rows.Silo(1), default));
        Assert.True(await table.TryWrite(Rows.Row(1), 1, default));

        var view = await table.Read(default);
        Assert.Equal((2, 2), (view.Version, view.Find(Rows.Silo(1))!.Heartbeat));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task The_heart_of_a_dead_or_unknown_silo_does_not_beat(string kind)
    {
        var table = Table(kind);
        Assert.False(await table.Beat(Rows.Silo(1), default));
        Assert.True(await table.TryWrite(Rows.Row(1, SiloStatus.Dead), 0, default));
        Assert.False(await table.Beat(Rows.Silo(1), default));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Restarts_at_one_endpoint_do_not_make_the_table_grow(string kind)
    {
        var table = Table(kind);
        for (var generation = 1; generation <= 5; generation++)
        {
            Assert.True(await table.TryWrite(Rows.Row(1, SiloStatus.Joining, generation), (await table.Read(default)).Version, default));
            Assert.True(await table.TryWrite(Rows.Row(1, SiloStatus.Dead, generation), (await table.Read(default)).Version, default));
        }

        var view = await table.Read(default);
        Assert.Equal([Rows.Silo(1, 5)], view.Rows.Select(row => row.Silo));
        Assert.True(view.IsDead(Rows.Silo(1, 4)));
    }

    [Fact]
    public async Task What_one_process_writes_to_the_file_another_reads()
    {
        var (one, other) = (Table("file"), Table("file"));
        Assert.True(await one.TryWrite(Rows.Row(1, hosts: ["owner", "pet"]), 0, default));
        Assert.Equal([GrainType.Create("owner"), GrainType.Create("pet")], (await other.Read(default)).Find(Rows.Silo(1))!.Hosts.Select(grain => grain.GrainType));

        Assert.True(await other.TryWrite(Rows.Row(2, SiloStatus.Joining), 1, default));
        Assert.True(await other.Beat(Rows.Silo(2), default));

        var view = await one.Read(default);
        Assert.Equal((2, 2), (view.Version, view.Rows.Length));
        Assert.Equal((SiloStatus.Joining, 1), (view.Find(Rows.Silo(2))!.Status, view.Find(Rows.Silo(2))!.Heartbeat));
        Assert.False(await one.TryWrite(Rows.Row(3), 1, default));
    }

    [Fact]
    public async Task A_file_that_has_not_changed_is_the_view_that_was_read_before()
    {
        var table = Table("file");
        Assert.True(await table.TryWrite(Rows.Row(1), 0, default));
        Assert.Same(await table.Read(default), await table.Read(default));
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_not_taken_for_an_empty_table()
    {
        var table = Table("file");
        Assert.True(await table.TryWrite(Rows.Row(1), 0, default));
        var path = Path.Combine(_folder, "members");
        var content = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, content.Replace("silo1", "silo7", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => table.Read(default));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("checksum", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_belongs_to_one_cluster()
    {
        Assert.True(await Table("file").TryWrite(Rows.Row(1), 0, default));

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => new FileViewTable(Path.Combine(_folder, "members"), "other", TimeProvider.System).Read(default));

        Assert.Contains("'test'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'other'", failure.Message, StringComparison.Ordinal);
    }

    private IViewTable Table(string kind) =>
        kind == "memory" ? new MemoryViewTable() : new FileViewTable(Path.Combine(_folder, "members"), "test", TimeProvider.System);
}
