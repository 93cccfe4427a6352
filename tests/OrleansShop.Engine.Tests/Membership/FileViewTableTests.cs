using OrleansShop.Engine.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

public sealed class FileViewTableTests : ViewTableContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("views").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private protected override IViewTable Open() => new FileViewTable(Path.Combine(_folder, "members"), "test", TimeProvider.System);

    [Fact]
    public async Task What_one_process_writes_to_the_file_another_reads()
    {
        var (one, other) = (Open(), Open());
        Assert.True(await one.TryWrite(new(Rows.Row(1, hosts: ["owner", "pet"]), 0), default));
        Assert.Equal([GrainType.Create("owner"), GrainType.Create("pet")], (await other.Read(default)).Find(Rows.Silo(1))!.Hosts.Select(grain => grain.GrainType));

        Assert.True(await other.TryWrite(new(Rows.Row(2, SiloStatus.Joining), 1), default));
        Assert.Equal(1, (await other.Renew(new(Rows.Silo(2), 0, 11, null), default))!.Value.Heartbeat);

        var view = await one.Read(default);
        Assert.Equal((2, 2), (view.Version, view.Rows.Length));
        Assert.Equal((SiloStatus.Joining, 1), (view.Find(Rows.Silo(2))!.Status, view.Find(Rows.Silo(2))!.Heartbeat));
        Assert.False(await one.TryWrite(new(Rows.Row(3), 1), default));
    }

    [Fact]
    public async Task A_file_that_has_not_changed_is_the_view_that_was_read_before()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));
        Assert.Same(await table.Read(default), await table.Read(default));
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_not_taken_for_an_empty_table()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));
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
        Assert.True(await Open().TryWrite(new(Rows.Row(1), 0), default));

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => new FileViewTable(Path.Combine(_folder, "members"), "other", TimeProvider.System).Read(default));

        Assert.Contains("'test'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'other'", failure.Message, StringComparison.Ordinal);
    }
}
