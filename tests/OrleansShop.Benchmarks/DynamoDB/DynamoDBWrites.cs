using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using OrleansShop.Benchmarks.Engine;
using OrleansShop.Benchmarks.Running;
using OrleansShop.Testing.DynamoDB;

namespace OrleansShop.Benchmarks.DynamoDB;

/// <summary>
/// Grains that write their state at each call, beside loops that put an item of the same size with the bare client of the SDK, in one process and one emulator; and beside
/// loops that send the update that a grain's write is, which tells what the condition costs the emulator from what the engine costs.
/// </summary>
internal sealed class DynamoDBWrites : IBenchmark
{
    private const string BareTable = "bare";
    private const int Turns = 2;

    public string Name => "dynamodb-writes";

    public string Question => "grain states/s written to DynamoDB Local by 16 and 64 grains, beside bare PutItem with as many in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var server = await DynamoDBServer.StartAsync();
        using var bare = new AmazonDynamoDBClient(new BasicAWSCredentials("none", "none"), new AmazonDynamoDBConfig { ServiceURL = server.Endpoint, MaxErrorRetry = 0 });
        using var host = BenchmarkSilo.BuildOnDynamoDB(BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort(), server.Endpoint);
        await host.StartAsync(cancellationToken);
        await CreateTableAsync(bare, cancellationToken);

        var figures = new List<Measurement>();
        foreach (var inFlight in new[] { 16, 64 })
        {
            var grains = Enumerable.Range(0, inFlight).Select(key => host.Grains().GetGrain<INoteGrain>(key)).ToArray();
            var (puts, updates, writes) = (new List<LoopResult>(), new List<LoopResult>(), new List<LoopResult>());
            var counts = new int[inFlight];
            for (var caller = 0; caller < inFlight; caller++) await bare.PutItemAsync(BareTable, new(KeyOf("updated", caller)) { ["ETag"] = new() { N = "0" } }, cancellationToken);

            // In turns, first the one and then the other first: what the emulator does in the background falls on both.
            for (var turn = 0; turn < Turns; turn++)
            {
                if (turn % 2 == 0) puts.Add(await PutAsync());
                writes.Add(await ClosedLoops.RunAsync(inFlight, options, (caller, count) => grains[caller].Write(TextOf(count))));
                updates.Add(await ClosedLoops.RunAsync(inFlight, options, (caller, _) => bare.UpdateItemAsync(UpdateOf(caller, counts[caller]++), cancellationToken)));
                if (turn % 2 == 1) puts.Add(await PutAsync());
            }

            var (put, write) = (puts.Average(static result => result.CallsPerSecond), writes.Average(static result => result.CallsPerSecond));
            figures.Add(new($"bare PutItem, {inFlight} in flight", put, "writes/s"));
            figures.Add(new($"grain states, {inFlight} in flight", write, "writes/s"));
            figures.Add(new($"grain states, {inFlight} in flight, p50", writes.Average(static result => result.P50), "µs"));
            figures.Add(new($"bare PutItem, {inFlight} in flight, p50", puts.Average(static result => result.P50), "µs"));
            figures.Add(new($"grain states as a share, {inFlight} in flight", write / put, "ratio"));
            figures.Add(new($"bare conditional UpdateItem as a share, {inFlight} in flight", updates.Average(static result => result.CallsPerSecond) / put, "ratio"));

            Task<LoopResult> PutAsync() => ClosedLoops.RunAsync(inFlight, options, (caller, count) => bare.PutItemAsync(BareTable, ItemOf(caller, count), cancellationToken));
        }

        await host.StopAsync(cancellationToken);
        return figures;
    }

    // The attributes that a state has, so that as much is sent and stored.
    private static Dictionary<string, AttributeValue> ItemOf(int caller, int count) => new(KeyOf("put", caller))
    {
        ["GrainState"] = StateOf(count),
        ["ETag"] = new() { N = $"{count}" },
    };

    private static UpdateItemRequest UpdateOf(int caller, int count) => new()
    {
        TableName = BareTable,
        Key = KeyOf("updated", caller),
        UpdateExpression = "SET GrainState = :state, ETag = :etag, WriteToken = :token, Fence = :fence, FenceHistory = :history REMOVE GrainStateEncoding, GrainTtl",
        ConditionExpression = "ETag = :current AND (attribute_not_exists(GrainTtl) OR GrainTtl > :now) AND (attribute_not_exists(Fence) OR (FenceHistory = :history AND Fence <= :fence))",
        ExpressionAttributeValues = new()
        {
            [":state"] = StateOf(count),
            [":etag"] = new() { N = $"{count + 1}" },
            [":token"] = new() { B = new MemoryStream(new byte[12]) },
            [":fence"] = new() { N = "3" },
            [":history"] = new("0123456789abcdef"),
            [":current"] = new() { N = $"{count}" },
            [":now"] = new() { N = "1795000000" },
        },
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    private static Dictionary<string, AttributeValue> KeyOf(string kind, int caller) => new() { ["GrainReference"] = new($"bench_{kind}/{caller:X}"), ["GrainType"] = new("note") };

    private static AttributeValue StateOf(int count) =>
        new() { B = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"$id":"1","$type":"OrleansShop.Benchmarks.DynamoDB.Note, OrleansShop.Benchmarks","Text":"{{TextOf(count)}}"}""")) };

    private static string TextOf(int count) => $"The note that was written for the {count}th time, and is as long as notes are.";

    private static async Task CreateTableAsync(AmazonDynamoDBClient client, CancellationToken cancellationToken) => await client.CreateTableAsync(
        new CreateTableRequest
        {
            TableName = BareTable,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new("GrainReference", KeyType.HASH), new("GrainType", KeyType.RANGE)],
            AttributeDefinitions = [new("GrainReference", ScalarAttributeType.S), new("GrainType", ScalarAttributeType.S)],
        },
        cancellationToken);
}

public interface INoteGrain : IGrainWithIntegerKey
{
    Task Write(string text);
}

public sealed class NoteGrain([PersistentState("note")] IPersistentState<Note> note) : Grain, INoteGrain
{
    public Task Write(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }
}

public sealed class Note
{
    public string Text { get; set; } = "";
}
