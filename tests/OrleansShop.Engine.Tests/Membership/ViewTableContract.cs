using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Placement;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

/// <summary>What every membership table has to do.</summary>
public abstract class ViewTableContract
{
    /// <summary>The table of this test, as one more process sees it.</summary>
    private protected abstract IViewTable Open();

    [Fact]
    public async Task What_is_written_is_read()
    {
        var table = Open();
        Assert.Equal(0, (await table.Read(default)).Version);
        var suspicion = new Suspicion(Rows.Silo(2), new DateTimeOffset(2026, 3, 1, 8, 30, 15, 250, TimeSpan.Zero));

        Assert.True(await table.TryWrite(new(Rows.Row(1, hosts: ["owner", "pet"]) with { Suspicions = [suspicion] }, 0), default));
        Assert.True(await table.TryWrite(new(Rows.Row(2, SiloStatus.Joining), 1), default));

        var view = await Open().Read(default);
        Assert.Equal(2, view.Version);
        Assert.Equal([Rows.Silo(1), Rows.Silo(2)], view.Rows.Select(row => row.Silo));
        var row = view.Find(Rows.Silo(1))!;
        Assert.Equal(("silo1", "here", 20_001, SiloStatus.Active, 1L), (row.SiloName, row.HostName, row.GatewayPort, row.Status, row.WrittenIn));
        Assert.Equal([GrainType.Create("owner"), GrainType.Create("pet")], row.Hosts.Select(grain => grain.GrainType));
        Assert.Equal([suspicion], row.Suspicions);
        Assert.Equal(SiloStatus.Joining, view.Find(Rows.Silo(2))!.Status);
    }

    [Fact]
    public async Task A_write_on_an_old_version_changes_nothing()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));

        Assert.False(await table.TryWrite(new(Rows.Row(2), 0), default));

        var view = await table.Read(default);
        Assert.Equal(1, view.Version);
        Assert.Null(view.Find(Rows.Silo(2)));
    }

    [Fact]
    public async Task Of_many_writers_at_once_each_version_has_one()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(async () =>
        {
            var table = Open();
            while (!await table.TryWrite(new(Rows.Row(number), (await table.Read(default)).Version), default))
            {
            }
        })));

        var view = await Open().Read(default);
        Assert.Equal(8, view.Version);
        Assert.Equal(8, view.Rows.Length);
    }

    [Fact]
    public async Task A_renewal_counts_the_heartbeat_up_without_a_new_version_and_survives_a_change_of_status()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1, SiloStatus.Joining), 0), default));
        var acknowledged = new Acknowledgement(7, PartitionSet.Of([3, 1000]));
        Assert.Equal(new RenewedRow(SiloStatus.Joining, 1, 11), await table.Renew(new(Rows.Silo(1), 0, 11, null), default));
        Assert.Equal(new RenewedRow(SiloStatus.Joining, 2, 12), await table.Renew(new(Rows.Silo(1), 1, 12, acknowledged), default));
        Assert.True(await table.TryWrite(new(Rows.Row(1), 1), default));

        var view = await table.Read(default);
        var row = view.Find(Rows.Silo(1))!;
        Assert.Equal((2, 2, 12), (view.Version, row.Heartbeat, row.Nonce));
        Assert.Equal(acknowledged, row.Acknowledged);
    }

    [Fact]
    public async Task A_renewal_that_is_repeated_changes_nothing_and_learns_that_it_was_done()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));
        var renewal = new Renewal(Rows.Silo(1), 0, 11, null);
        await table.Renew(renewal, default);

        Assert.Equal(new RenewedRow(SiloStatus.Active, 1, 11), await table.Renew(renewal, default));
        Assert.Equal(new RenewedRow(SiloStatus.Active, 1, 11), await table.Renew(renewal with { Nonce = 12 }, default));
        Assert.Equal(1, (await table.Read(default)).Find(Rows.Silo(1))!.Heartbeat);
    }

    [Theory]
    [InlineData(SiloStatus.Dead)]
    [InlineData(SiloStatus.Stopping)]
    public async Task Who_is_dead_or_voted_out_does_not_renew(SiloStatus status)
    {
        var table = Open();
        Assert.Null(await table.Renew(new(Rows.Silo(1), 0, 11, null), default));
        Assert.True(await table.TryWrite(new(Rows.Row(1, status), 0), default));

        Assert.Equal(new RenewedRow(status, 0, 0), await table.Renew(new(Rows.Silo(1), 0, 11, null), default));
        Assert.Equal(0, (await table.Read(default)).Find(Rows.Silo(1))!.Heartbeat);
    }

    [Fact]
    public async Task A_silo_that_has_renewed_is_not_declared_dead_for_its_silence()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));
        await table.Renew(new(Rows.Silo(1), 0, 11, null), default);
        var dead = Rows.Row(1, SiloStatus.Dead);

        Assert.False(await table.TryWrite(new(dead, 1, ExpectedHeartbeat: 0), default));
        Assert.Equal(SiloStatus.Active, (await table.Read(default)).Find(Rows.Silo(1))!.Status);
        Assert.True(await table.TryWrite(new(dead, 1, ExpectedHeartbeat: 1), default));
        Assert.Equal(SiloStatus.Dead, (await table.Read(default)).Find(Rows.Silo(1))!.Status);
    }

    [Fact]
    public async Task The_last_crash_is_the_death_of_a_silo_that_may_have_been_running_grains()
    {
        var table = Open();
        foreach (var (row, crash) in new[]
        {
            (Rows.Row(1), 0),
            (Rows.Row(2, SiloStatus.Joining), 0),
            (Rows.Row(2, SiloStatus.Dead), 0),
            (Rows.Row(3), 0),
            (Rows.Row(3, SiloStatus.Dead) with { HasDrained = true }, 0),
            (Rows.Row(1, SiloStatus.Dead), 6),
            (Rows.Row(4), 6),
        })
        {
            var version = (await table.Read(default)).Version;
            Assert.True(await table.TryWrite(new(row, version), default));
            Assert.Equal(crash, (await table.Read(default)).LastCrash);
        }
    }

    [Fact]
    public async Task The_history_is_drawn_with_the_first_row_and_stays()
    {
        var table = Open();
        Assert.Equal("", (await table.Read(default)).History);
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));
        var history = (await table.Read(default)).History;
        Assert.NotEqual("", history);

        await table.Renew(new(Rows.Silo(1), 0, 11, null), default);
        Assert.True(await Open().TryWrite(new(Rows.Row(2), 1), default));

        Assert.Equal(history, (await table.Read(default)).History);
        Assert.Equal(history, (await Open().Read(default)).History);
    }

    [Fact]
    public async Task Restarts_at_one_endpoint_do_not_make_the_table_grow()
    {
        var table = Open();
        for (var generation = 1; generation <= 5; generation++)
        {
            Assert.True(await table.TryWrite(new(Rows.Row(1, SiloStatus.Joining, generation), (await table.Read(default)).Version), default));
            Assert.True(await table.TryWrite(new(Rows.Row(1, SiloStatus.Dead, generation), (await table.Read(default)).Version), default));
        }

        var view = await table.Read(default);
        Assert.Equal([Rows.Silo(1, 5)], view.Rows.Select(row => row.Silo));
        Assert.Equal(8, view.Find(Rows.Silo(1, 5))!.PredecessorEnded);
        Assert.True(view.IsDead(Rows.Silo(1, 4)));
    }
}
