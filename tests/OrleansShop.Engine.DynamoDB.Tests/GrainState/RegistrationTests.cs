using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.GrainState;

public sealed class RegistrationTests(DynamoDBFixture fixture) : IAsyncDisposable
{
    private readonly string _table = DynamoDBFixture.NewTableName("registered");

    [Fact]
    public async Task A_silo_stores_the_states_of_its_grains_under_its_service_in_the_official_json_form()
    {
        await using var cluster = await StartAsync(_ => { });
        await cluster.Client.GetGrain<ITallyGrain>(0x2A).Add();

        using var client = DynamoDBSettings.Client(await fixture.EndpointAsync());
        var item = (await client.GetItemAsync(_table, new() { ["GrainReference"] = new("shop_tally/2A"), ["GrainType"] = new("tally") })).Item;
        Assert.Equal(
            """{"$id":"1","$type":"OrleansShop.Engine.DynamoDB.Tests.GrainState.TallyState, OrleansShop.Engine.DynamoDB.Tests","Count":1}""",
            Encoding.UTF8.GetString(item["GrainState"].B.ToArray()));
    }

    [Fact]
    public async Task Or_in_the_form_of_the_serializer_that_the_options_name()
    {
        await using var cluster = await StartAsync(options => options.GrainStorageSerializer = DynamoDBSettings.PlainJson);
        await cluster.Client.GetGrain<ITallyGrain>(0x2A).Add();

        using var client = DynamoDBSettings.Client(await fixture.EndpointAsync());
        var item = (await client.GetItemAsync(_table, new() { ["GrainReference"] = new("shop_tally/2A"), ["GrainType"] = new("tally") })).Item;
        Assert.Equal("""{"Count":1}""", Encoding.UTF8.GetString(item["GrainState"].B.ToArray()));
    }

    [Fact]
    public async Task A_grain_whose_state_was_changed_by_somebody_else_fails_once_and_then_reads_it()
    {
        await using var cluster = await StartAsync(_ => { });
        var grain = cluster.Client.GetGrain<ITallyGrain>(1);
        await grain.Add();
        var other = await DynamoDBSettings.OpenAsync(await fixture.EndpointAsync(), _table, options =>
        {
            options.ServiceId = "shop";
            options.GrainStorageSerializer = cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainStorageSerializer>();
        });
        var state = new GrainState<TallyState>();
        await other.ReadStateAsync("tally", grain.GetGrainId(), state);
        state.State!.Count = 100;
        await other.WriteStateAsync("tally", grain.GetGrainId(), state);
        await other.Close(CancellationToken.None);

        var lost = await Assert.ThrowsAsync<InconsistentStateException>(grain.Add);
        Assert.Equal(("1", "0"), (lost.StoredEtag, lost.CurrentEtag));
        await grain.Add();
        Assert.Equal(101, await grain.ReadAgain());
    }

    [Fact]
    public void Every_fault_of_the_options_is_said_at_once()
    {
        var options = new DynamoDBStorageOptions
        {
            Service = "nowhere-1",
            AccessKey = "key",
            TableName = "a b",
            UseProvisionedThroughput = true,
            ReadCapacityUnits = 0,
            WriteCapacityUnits = -1,
            TimeToLive = TimeSpan.Zero,
        };

        var refused = Assert.Throws<OrleansConfigurationException>(new DynamoDBGrainStorageOptionsValidator(options, "notes").ValidateConfiguration);

        string[] said = ["\"notes\"", "Service", "SecretKey", "TableName", "ReadCapacityUnits", "WriteCapacityUnits", "TimeToLive"];
        Assert.All(said, part => Assert.Contains(part, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silo_with_wrong_options_does_not_start() =>
        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(options => options.Service = "nowhere-1"));

    [Fact]
    public void Options_that_nobody_sets_are_right() => new DynamoDBGrainStorageOptionsValidator(new DynamoDBStorageOptions(), "notes").ValidateConfiguration();

    [Fact]
    public void Reminder_options_are_read_from_a_text()
    {
        var options = new DynamoDBReminderStorageOptions();
        options.ParseConnectionString("Service=http://127.0.0.1:1/a=b; accesskey=k;SecretKey=s==;TableName=T;ReadCapacityUnits=3;UseProvisionedThroughput=true;CreateIfNotExists=False");

        Assert.Equal(("http://127.0.0.1:1/a=b", "k", "s==", "T", 3, true, false), (options.Service, options.AccessKey, options.SecretKey, options.TableName, options.ReadCapacityUnits, options.UseProvisionedThroughput, options.CreateIfNotExists));
        Assert.Throws<ArgumentException>(() => options.ParseConnectionString("Servce=eu-central-1"));
        Assert.DoesNotContain("hidden", Assert.Throws<ArgumentException>(() => options.ParseConnectionString("ReadCapacityUnits=hidden")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", Assert.Throws<ArgumentException>(() => options.ParseConnectionString("hidden")).Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        using var client = DynamoDBSettings.Client(await fixture.EndpointAsync());
        var tables = await client.ListTablesAsync(new Amazon.DynamoDBv2.Model.ListTablesRequest { ExclusiveStartTableName = _table[..^1], Limit = 1 });
        if (tables.TableNames is [var first, ..] && first == _table) await client.DeleteTableAsync(_table);
    }

    private async Task<InProcessTestCluster> StartAsync(Action<DynamoDBStorageOptions> configure)
    {
        var endpoint = await fixture.EndpointAsync();
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = "shop";
        builder.ConfigureSilo((_, silo) => silo.AddDynamoDBGrainStorageAsDefault(options =>
        {
            (options.Service, options.TableName) = (endpoint, _table);
            configure(options);
        }));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
