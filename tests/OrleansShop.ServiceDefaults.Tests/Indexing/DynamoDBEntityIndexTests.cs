using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.ServiceDefaults.Indexing;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Strangler.Index;
using OrleansShop.Testing.DynamoDB;
using Xunit;

[assembly: AssemblyFixture(typeof(DynamoDBFixture))]

namespace OrleansShop.ServiceDefaults.Tests.Indexing;

public sealed class DynamoDBEntityIndexTests(DynamoDBFixture fixture) : EntityIndexTests
{
    private const string Owner = "clinic/owners/owner";

    private readonly string _table = DynamoDBFixture.NewTableName("index");
    private readonly List<DynamoDBEntityIndex> _opened = [];

    protected override TimeSpan PendingTimeout => DynamoDBEntityIndex.PendingTimeout;

    [Fact]
    public async Task An_entry_that_lost_a_term_is_not_found_by_it_while_the_secondary_index_still_says_so()
    {
        await CommitAsync(1, 1, "Black", ("last-name", "black"));
        using var client = await ClientAsync();
        await client.PutItemAsync(_table, DynamoDBIndexTable.TermItem(Owner, 1, new IndexTerm("last-name", "franklin")));
        await client.PutItemAsync(_table, DynamoDBIndexTable.TermItem(Owner, 2, new IndexTerm("last-name", "franklin")));

        Assert.Empty(await FindAsync(new IndexQuery("owner", "last-name", ["franklin"])));
        Assert.Empty(await FindAsync(new IndexQuery("owner", "last-name", Prefix: "frank")));
    }

    [Fact]
    public async Task An_entry_that_the_secondary_index_does_not_have_yet_is_in_the_list_of_all_and_not_in_a_search()
    {
        await CommitAsync(1, 1, "Black", ("last-name", "black"));
        using var client = await ClientAsync();
        await client.DeleteItemAsync(_table, new() { ["Kind"] = new(Owner), ["Entry"] = new(DynamoDBIndexTable.TermOf(1, new IndexTerm("last-name", "black"))) });

        Assert.Equal(["Black"], await FindAsync(new IndexQuery("owner")));
        Assert.Empty(await FindAsync(new IndexQuery("owner", "last-name", ["black"])));
    }

    [Theory]
    [InlineData("clinic", "pets")]
    [InlineData("another-clinic", "owners")]
    public async Task Services_and_systems_share_a_table_and_not_their_entries(string serviceId, string service)
    {
        await CommitAsync(1, 1, "ours", ("all", "x"));
        var theirs = await OpenAsync(serviceId, service);

        Assert.Empty((await theirs.QueryAsync(new IndexQuery("owner"))).Documents);
        Assert.Empty((await theirs.QueryAsync(new IndexQuery("owner", "all", ["x"]))).Documents);
        await theirs.ClearAsync("owner");
        Assert.Equal(["ours"], await FindAsync(new IndexQuery("owner")));
    }

    [Fact]
    public async Task More_entries_than_are_read_or_deleted_at_once_are_read_and_deleted()
    {
        await Index.CommitAsync([.. Enumerable.Range(0, 250).Select(id => new IndexEntry(new EntityKey("owner", id), 1, Encoding.UTF8.GetBytes($"{id}"), [new IndexTerm("all", "x")]))]);

        Assert.Equal(Enumerable.Range(0, 250).Select(id => $"{id}"), await FindAsync(new IndexQuery("owner", "all", ["x"])));
        await Index.ClearAsync("owner");
        using var client = await ClientAsync();
        Assert.Equal(0, (await client.ScanAsync(new ScanRequest(_table))).Count);
    }

    [Fact]
    public async Task An_entry_with_more_terms_than_a_transaction_takes_is_refused_and_one_that_replaces_as_many_as_it_takes_is_not()
    {
        await CommitAsync(1, 1, "one", [.. Enumerable.Range(0, DynamoDBEntityIndex.MaxTerms).Select(term => ("all", $"{term}"))]);
        await CommitAsync(1, 2, "two", [.. Enumerable.Range(100, DynamoDBEntityIndex.MaxTerms).Select(term => ("all", $"{term}"))]);
        Assert.Equal(["two"], await FindAsync(new IndexQuery("owner", "all", ["148"])));

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(7, 1, "x", [.. Enumerable.Range(0, DynamoDBEntityIndex.MaxTerms + 1).Select(term => ("all", $"{term}"))]));
        Assert.Contains("owner 7 has 50 terms", refused.Message, StringComparison.Ordinal);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var index in _opened) index.Dispose();
        using var client = await ClientAsync();
        if ((await client.ListTablesAsync(new ListTablesRequest { ExclusiveStartTableName = _table[..^1], Limit = 1 })).TableNames is [var first, ..] && first == _table) await client.DeleteTableAsync(_table);
    }

    protected override ValueTask<IEntityIndex> OpenAsync() => OpenAsync("clinic", "owners");

    private async ValueTask<IEntityIndex> OpenAsync(string serviceId, string service)
    {
        var settings = new SiloSettings { ServiceId = serviceId, Storage = StorageKind.DynamoDB, DynamoDB = new DynamoDBSettings { Service = await fixture.EndpointAsync(), IndexTable = _table } };
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddLogging().BuildServiceProvider();
        var index = SiloStorage.OpenIndex(settings, new ServiceGrains(service, []), services).Entries;
        _opened.Add((DynamoDBEntityIndex)index);
        return index;
    }

    private async Task<IAmazonDynamoDB> ClientAsync() => new DynamoDBEndpoint(await fixture.EndpointAsync()).Connect().Client;
}
