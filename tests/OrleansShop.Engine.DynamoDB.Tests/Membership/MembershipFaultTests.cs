using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Engine.DynamoDB.Membership;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Tests.Membership;
using OrleansShop.Storage.DynamoDB;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Faults;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.Membership;

/// <summary>The membership table when DynamoDB throttles, fails, is slow, or does what it is asked and the answer is lost.</summary>
public sealed class MembershipFaultTests(DynamoDBFixture fixture) : IAsyncLifetime
{
    private readonly string _name = DynamoDBFixture.NewTableName("faults");
    private readonly List<DynamoDBViewTable> _opened = [];
    private FaultProxy _proxy = null!;

    public async ValueTask InitializeAsync() => _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());

    public async ValueTask DisposeAsync()
    {
        _opened.ForEach(static table => table.Dispose());
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_done_once()
    {
        var table = Open();
        await table.Read(default);

        _proxy.LoseAnswerOf("TransactWriteItems");
        Assert.True(await table.TryWrite(new(Rows.Row(1, SiloStatus.Joining), 0), default));
        _proxy.LoseAnswerOf("TransactWriteItems");
        _proxy.Throttle("TransactWriteItems", times: 2);
        _proxy.Fail("TransactWriteItems");
        Assert.True(await table.TryWrite(new(Rows.Row(1), 1), default));

        var view = await Open().Read(default);
        Assert.Equal((2, SiloStatus.Active), (view.Version, Assert.Single(view.Rows).Status));
        Assert.Equal(5, _proxy.Happened);
    }

    [Fact]
    public async Task A_renewal_whose_answer_is_lost_is_done_once_and_learns_it_by_its_nonce()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));

        _proxy.LoseAnswerOf("UpdateItem");
        Assert.Equal(new RenewedRow(SiloStatus.Active, 1, 11), await table.Renew(new(Rows.Silo(1), 0, 11, null), default));
        _proxy.Throttle("UpdateItem", times: 3);
        _proxy.Fail("UpdateItem");
        Assert.Equal(new RenewedRow(SiloStatus.Active, 2, 12), await table.Renew(new(Rows.Silo(1), 1, 12, null), default));

        Assert.Equal((1, 2), ((await table.Read(default)).Version, (await table.Read(default)).Find(Rows.Silo(1))!.Heartbeat));
        Assert.Equal(5, _proxy.Happened);
    }

    [Fact]
    public async Task Reads_are_repeated_and_what_lasts_is_an_outage_that_says_what_and_where()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));
        _proxy.Throttle("Query", times: 3);
        _proxy.Fail("Query");
        _proxy.LoseAnswerOf("Query");
        Assert.Equal(1, (await table.Read(default)).Version);

        _proxy.Throttle("Query");
        var outage = await Assert.ThrowsAsync<IOException>(() => table.Read(default));
        Assert.True(TableOutage.Is(outage));
        Assert.Contains("Query", outage.Message, StringComparison.Ordinal);
        Assert.Contains(_name, outage.Message, StringComparison.Ordinal);
        Assert.Contains("ProvisionedThroughputExceeded", outage.Message, StringComparison.Ordinal);

        _proxy.Heal();
        Assert.Equal(1, (await table.Read(default)).Version);
    }

    [Fact]
    public async Task What_is_slow_does_not_hold_up_the_next()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));

        // The attempt that is given up on is done all the same, some time; the one beside it does not wait for that.
        _proxy.SlowDown("UpdateItem");
        var slow = table.Renew(new(Rows.Silo(1), 0, 11, null), default);
        await Until(() => _proxy.Happened > 0);
        _proxy.Heal();
        var quick = await table.Renew(new(Rows.Silo(1), 1, 12, null), default);

        Assert.Equal(2, quick!.Value.Heartbeat);
        Assert.Contains((await slow)!.Value.Heartbeat, new long[] { 1, 2 });
        Assert.Equal(2, (await table.Read(default)).Find(Rows.Silo(1))!.Heartbeat);
    }

    [Theory]
    [InlineData("CreateTable")]
    [InlineData("DescribeTable")]
    public async Task A_missing_permission_is_named_with_table_and_place(string operation)
    {
        _proxy.RefuseAlways(operation, "AccessDeniedException");

        var refused = await Assert.ThrowsAsync<DynamoDBTableException>(() => Open().Read(default));

        Assert.Contains($"dynamodb:{operation}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(_name, refused.Message, StringComparison.Ordinal);
        Assert.Contains(_proxy.Endpoint, refused.Message, StringComparison.Ordinal);
        Assert.False(refused.MayPass);
    }

    private DynamoDBViewTable Open()
    {
        var table = new DynamoDBViewTable(
            new DynamoDBEndpoint(_proxy.Endpoint), _name, new TableRules(MayCreate: true, MayUpdate: false), "test", defunct: null, readsHosts: true, TimeProvider.System, NullLogger<DynamoDBViewTable>.Instance);
        _opened.Add(table);
        return table;
    }

    private static async Task Until(Func<bool> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(60), "Not within a minute.");
            await Task.Delay(10);
        }
    }
}
