using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Engine.DynamoDB.Membership;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Tests.Membership;
using OrleansShop.Storage.DynamoDB;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.Membership;

public sealed class DynamoDBViewTableTests(DynamoDBFixture fixture) : ViewTableContract, IAsyncLifetime
{
    private readonly string _name = DynamoDBFixture.NewTableName("silos");
    private readonly List<DynamoDBViewTable> _opened = [];
    private string _endpoint = "";

    public async ValueTask InitializeAsync() => _endpoint = await fixture.EndpointAsync();

    public ValueTask DisposeAsync()
    {
        _opened.ForEach(static table => table.Dispose());
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_row_has_the_official_keys_and_attributes_and_the_version_has_a_row_of_its_own()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1), 0), default));
        await table.Renew(new(Rows.Silo(1), 0, 7, null), default);

        var row = await ItemAsync("test", "127.0.0.1-10001-1");
        Assert.Equal("127.0.0.1", row["Address"].S);
        Assert.Equal("10001", row["Port"].N);
        Assert.Equal("1", row["Generation"].N);
        Assert.Equal("here", row["HostName"].S);
        Assert.Equal("3", row["SiloStatus"].N);
        Assert.Equal("20001", row["ProxyPort"].N);
        Assert.Equal("silo1", row["SiloName"].S);
        Assert.Equal("1", row["MembershipVersion"].N);
        Assert.Equal("1", row["ETag"].N);
        Assert.Equal(("", ""), (row["SuspectingSilos"].S, row["SuspectingTimes"].S));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} GMT$", row["StartTime"].S);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} GMT$", row["IAmAliveTime"].S);
        Assert.Equal(("1", "7"), (row["Heartbeat"].N, row["RenewalNonce"].N));

        var version = await ItemAsync("test", "VersionRow");
        Assert.Equal(("1", "1"), (version["MembershipVersion"].N, version["ETag"].N));
    }

    [Fact]
    public async Task Clusters_share_a_table()
    {
        Assert.True(await Open().TryWrite(new(Rows.Row(1), 0), default));

        var other = Open("other", readsHosts: true);
        Assert.Equal(0, (await other.Read(default)).Version);
        Assert.True(await other.TryWrite(new(Rows.Row(2), 0), default));
        Assert.Equal([Rows.Silo(1)], (await Open().Read(default)).Rows.Select(row => row.Silo));
    }

    [Fact]
    public async Task A_client_reads_gateways_without_the_grain_classes()
    {
        Assert.True(await Open().TryWrite(new(Rows.Row(1, hosts: ["owner"]), 0), default));

        var row = (await Open("test", readsHosts: false).Read(default)).Find(Rows.Silo(1))!;

        Assert.Equal(20_001, row.Gateway!.Port);
        Assert.Empty(row.Hosts);
    }

    [Fact]
    public async Task The_grain_classes_of_a_silo_go_with_its_row()
    {
        var table = Open();
        Assert.True(await table.TryWrite(new(Rows.Row(1, SiloStatus.Joining, 1, "owner"), 0), default));
        Assert.True(await table.TryWrite(new(Rows.Row(1, SiloStatus.Dead, 1), 1), default));
        Assert.True(await table.TryWrite(new(Rows.Row(1, SiloStatus.Joining, 2, "owner"), 2), default));

        Assert.Empty(await ItemAsync("test/hosts", "127.0.0.1-10001-1"));
        Assert.NotEmpty(await ItemAsync("test/hosts", "127.0.0.1-10001-2"));
    }

    [Fact]
    public async Task A_missing_table_that_may_not_be_created_is_named()
    {
        var table = new DynamoDBViewTable(
            new DynamoDBEndpoint(_endpoint), _name, new TableRules(MayCreate: false, MayUpdate: false), "test", defunct: null, readsHosts: true, TimeProvider.System, NullLogger<DynamoDBViewTable>.Instance);
        _opened.Add(table);

        var failure = await Assert.ThrowsAsync<DynamoDBTableException>(() => table.Read(default));

        Assert.Contains(_name, failure.Message, StringComparison.Ordinal);
        Assert.Contains("CreateIfNotExists", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_dead_silos_go_when_they_are_old_and_that_they_were_dead_stays_known()
    {
        var time = new ManualTimeProvider();
        var table = Open("test", readsHosts: true, new DefunctRows(TimeSpan.FromDays(7), Most: 25), time);
        await WriteAsync(table, Rows.Row(1, SiloStatus.Joining, generation: 100));
        await WriteAsync(table, Rows.Row(1, SiloStatus.Dead, generation: 100));
        time.Advance(TimeSpan.FromDays(6));
        await WriteAsync(table, Rows.Row(2, SiloStatus.Joining, generation: 200));
        await WriteAsync(table, Rows.Row(2, SiloStatus.Dead, generation: 200));
        Assert.NotNull((await table.Read(default)).Find(Rows.Silo(1, 100)));
        time.Advance(TimeSpan.FromDays(1));

        await WriteAsync(table, Rows.Row(3, SiloStatus.Joining, generation: 300));

        var view = await Open().Read(default);
        Assert.Equal((5, 100), (view.Version, view.ForgottenGeneration));
        Assert.Equal([Rows.Silo(2, 200), Rows.Silo(3, 300)], view.Rows.Select(row => row.Silo));
        Assert.True(view.IsDead(Rows.Silo(1, 100)));
        Assert.False(view.IsDead(Rows.Silo(4, 301)));
        Assert.Null(await table.Renew(new(Rows.Silo(1, 100), 0, 11, null), default));
        Assert.Empty(await ItemAsync("test", "127.0.0.1-10001-100"));
        Assert.Empty(await ItemAsync("test/hosts", "127.0.0.1-10001-100"));
    }

    [Fact]
    public async Task Starts_at_ever_new_addresses_do_not_make_the_table_grow_for_ever()
    {
        var table = Open("test", readsHosts: true, new DefunctRows(TimeSpan.FromDays(7), Most: 5));
        for (var number = 1; number <= 20; number++)
        {
            await WriteAsync(table, Rows.Row(number, SiloStatus.Joining, generation: number));
            await WriteAsync(table, Rows.Row(number, SiloStatus.Dead, generation: number));
            Assert.True((await table.Read(default)).Rows.Length <= 6);
        }

        var view = await Open().Read(default);
        Assert.Equal(40, view.Version);
        Assert.All(Enumerable.Range(1, 20), number => Assert.True(view.IsDead(Rows.Silo(number, number))));
        Assert.Equal(Enumerable.Range(15, 6), view.Rows.Select(row => row.Silo.Generation));
    }

    private static async Task WriteAsync(DynamoDBViewTable table, MembershipRow row) => Assert.True(await table.TryWrite(new(row, (await table.Read(default)).Version), default));

    private protected override IViewTable Open() => Open("test", readsHosts: true);

    private DynamoDBViewTable Open(string clusterId, bool readsHosts, DefunctRows? defunct = null, TimeProvider? time = null)
    {
        var table = new DynamoDBViewTable(
            new DynamoDBEndpoint(_endpoint), _name, new TableRules(MayCreate: true, MayUpdate: false), clusterId, defunct, readsHosts, time ?? TimeProvider.System, NullLogger<DynamoDBViewTable>.Instance);
        _opened.Add(table);
        return table;
    }

    private async Task<Dictionary<string, AttributeValue>> ItemAsync(string partition, string identity)
    {
        using var client = DynamoDBSettings.Client(_endpoint);
        var answer = await client.GetItemAsync(new GetItemRequest
        {
            TableName = _name,
            ConsistentRead = true,
            Key = new() { ["DeploymentId"] = new() { S = partition }, ["SiloIdentity"] = new() { S = identity } },
        });
        return answer.Item ?? [];
    }
}
