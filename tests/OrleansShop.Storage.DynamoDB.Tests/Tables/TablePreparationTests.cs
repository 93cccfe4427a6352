using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.DynamoDB.Calling;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;
using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.Storage.DynamoDB.Tests.Tables;

public sealed class TablePreparationTests(DynamoDBFixture fixture) : IAsyncLifetime
{
    private static readonly TableLayout Layout = new("tests", KeyColumn.Text("Owner"), KeyColumn.Number("Position"));
    private static readonly TableRules AllAllowed = new(MayCreate: true, MayUpdate: true);

    private readonly string _name = DynamoDBFixture.NewTableName("prepared");
    private IAmazonDynamoDB _client = null!;

    public async ValueTask InitializeAsync() => _client = new DynamoDBEndpoint(await fixture.EndpointAsync()).Connect().Client;

    [Fact]
    public async Task A_missing_table_is_created_and_billed_by_request()
    {
        await PrepareAsync(Layout, AllAllowed);

        var table = (await _client.DescribeTableAsync(_name)).Table;
        Assert.Equal(BillingMode.PAY_PER_REQUEST, table.BillingModeSummary.BillingMode);
        Assert.Equal([("Owner", KeyType.HASH), ("Position", KeyType.RANGE)], table.KeySchema.Select(key => (key.AttributeName, key.KeyType)));
    }

    [Fact]
    public async Task Or_with_the_capacity_that_is_asked_for()
    {
        await PrepareAsync(Layout, AllAllowed with { ProvisionedUnits = (7, 3) });

        var capacity = (await _client.DescribeTableAsync(_name)).Table.ProvisionedThroughput;
        Assert.Equal((7, 3), (capacity.ReadCapacityUnits, capacity.WriteCapacityUnits));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_billing_and_capacity_of_a_table_that_is_there_stay(bool isProvisioned)
    {
        (int, int)? units = isProvisioned ? (7, 3) : null;
        await PrepareAsync(Layout, AllAllowed with { ProvisionedUnits = units });
        await PrepareAsync(Layout with { TimeToLiveAttribute = "Until" }, AllAllowed with { ProvisionedUnits = isProvisioned ? null : (70, 30) });

        var table = (await _client.DescribeTableAsync(_name)).Table;
        Assert.Equal(isProvisioned ? 7 : 0, table.ProvisionedThroughput.ReadCapacityUnits);
        Assert.Equal(isProvisioned, table.BillingModeSummary?.BillingMode != BillingMode.PAY_PER_REQUEST);
    }

    [Fact]
    public async Task Many_who_start_together_all_find_it_ready()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PrepareAsync(Layout with { TimeToLiveAttribute = "Until" }, AllAllowed)));

        Assert.Equal(TableStatus.ACTIVE, (await _client.DescribeTableAsync(_name)).Table.TableStatus);
    }

    [Fact]
    public async Task A_missing_table_that_may_not_be_created_is_named_with_what_it_needs()
    {
        var missing = await Assert.ThrowsAsync<DynamoDBTableException>(() => PrepareAsync(Layout, AllAllowed with { MayCreate = false }));

        Assert.False(missing.MayPass);
        string[] said = [$"\"{_name}\"", "for tests", await fixture.EndpointAsync(), "CreateIfNotExists is false", "Owner (S)", "Position (N)", "dynamodb:CreateTable"];
        Assert.All(said, part => Assert.Contains(part, missing.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_of_other_keys_is_refused_with_both()
    {
        await PrepareAsync(new TableLayout("others", KeyColumn.Text("Id"), null), AllAllowed);

        var refused = await Assert.ThrowsAsync<DynamoDBTableException>(() => PrepareAsync(Layout, AllAllowed));

        Assert.Contains("Id (HASH)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Owner (S)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_without_a_needed_index_is_refused_and_one_that_is_created_has_it()
    {
        var indexed = Layout with { Indexes = [new TableIndex("ByTerm", KeyColumn.Text("Term"), KeyColumn.Number("Position"))] };
        await PrepareAsync(Layout, AllAllowed);
        var refused = await Assert.ThrowsAsync<DynamoDBTableException>(() => PrepareAsync(indexed, AllAllowed));
        Assert.Contains("ByTerm", refused.Message, StringComparison.Ordinal);

        await _client.DeleteTableAsync(_name);
        await PrepareAsync(indexed, AllAllowed);
        await PrepareAsync(indexed, AllAllowed);
    }

    [Fact]
    public async Task Items_are_deleted_by_time_where_that_is_wanted_and_may_be_set()
    {
        await PrepareAsync(Layout, AllAllowed);
        await PrepareAsync(Layout with { TimeToLiveAttribute = "Until" }, AllAllowed with { MayUpdate = false });
        Assert.Equal(TimeToLiveStatus.DISABLED, await TimeToLiveAsync());

        await PrepareAsync(Layout with { TimeToLiveAttribute = "Until" }, AllAllowed);
        Assert.Equal(TimeToLiveStatus.ENABLED, await TimeToLiveAsync());
        await PrepareAsync(Layout with { TimeToLiveAttribute = "Until" }, AllAllowed);

        var refused = await Assert.ThrowsAsync<DynamoDBTableException>(() => PrepareAsync(Layout with { TimeToLiveAttribute = "Other" }, AllAllowed));
        Assert.Contains("Until", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab", false)]
    [InlineData("abc", true)]
    [InlineData("a_b-c.D9", true)]
    [InlineData("a b c", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("arn:aws:dynamodb:eu-central-1:123456789012:table/abc", true)]
    public void Names_are_checked_before_they_are_sent(string? name, bool isName) => Assert.Equal(isName, DynamoDBTable.IsName(name));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _client.DeleteTableAsync(_name);
        }
        catch (ResourceNotFoundException)
        {
            // This test made none.
        }

        _client.Dispose();
    }

    private async Task<TimeToLiveStatus> TimeToLiveAsync() =>
        (await _client.DescribeTimeToLiveAsync(new DescribeTimeToLiveRequest { TableName = _name })).TimeToLiveDescription.TimeToLiveStatus;

    private async Task PrepareAsync(TableLayout layout, TableRules rules)
    {
        var calls = new RepeatedCalls(CalledTables.Instance, await fixture.EndpointAsync(), TimeProvider.System, NullLogger.Instance);
        await new TablePreparation(new DynamoDBTable(_client, _name, calls), layout, rules, TimeProvider.System, NullLogger.Instance).RunAsync(CancellationToken.None);
    }
}
