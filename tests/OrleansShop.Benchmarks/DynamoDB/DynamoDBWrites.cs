using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using OrleansShop.Benchmarks.Engine;
using OrleansShop.Benchmarks.Running;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Testing.DynamoDB;

namespace OrleansShop.Benchmarks.DynamoDB;

/// <summary>
/// Grains that write their state at each call, beside loops that put an item of the same size with a bare client of the SDK, in one process and one emulator; and beside
/// loops that put the item on the condition that a grain's write has, which tells what that costs the emulator from what the engine costs.
/// </summary>
/// <remarks>
/// The bare client is configured as the provider's is: it is made by the same code. Turns are short, and each begins with another of the three: what the emulator does in the
/// background, and the machine besides, falls on all. The first turns count for nothing; both sides compile their code in them.
/// </remarks>
internal sealed class DynamoDBWrites : IBenchmark
{
    private const string BareTable = "bare";
    private const int Turns = 9;
    private const int FirstWarmTurns = 4;
    private const int TurnsPerDuration = 5;

    public string Name => "dynamodb-writes";

    public string Question => "grain states/s written to DynamoDB Local by 16 and 64 grains, beside bare PutItem with as many in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var server = await DynamoDBServer.StartAsync();
        using var connection = new DynamoDBEndpoint(server.Endpoint).Connect();
        var bare = connection.Client;
        using var host = BenchmarkSilo.BuildOnDynamoDB(BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort(), server.Endpoint);
        await host.StartAsync(cancellationToken);
        await CreateTableAsync(bare, cancellationToken);

        var figures = new List<Measurement>();
        var turn = options with { Duration = options.Duration / TurnsPerDuration };
        foreach (var inFlight in new[] { 16, 64 })
        {
            var grains = Enumerable.Range(0, inFlight).Select(key => host.Grains().GetGrain<INoteGrain>(key)).ToArray();
            var counts = new int[inFlight];
            for (var caller = 0; caller < inFlight; caller++) await bare.PutItemAsync(BareTable, StoredItemOf(caller, 0), cancellationToken);
            var puts = new Series(() => ClosedLoops.RunAsync(inFlight, turn, (caller, count) => bare.PutItemAsync(BareTable, ItemOf(caller, count), cancellationToken)));
            var conditional = new Series(() => ClosedLoops.RunAsync(inFlight, turn, (caller, _) => bare.PutItemAsync(ReplacementOf(caller, counts[caller]++), cancellationToken)));
            var writes = new Series(() => ClosedLoops.RunAsync(inFlight, turn, (caller, count) => grains[caller].Write(TextOf(count))));

            Series[] all = [puts, conditional, writes];
            var warmTurns = figures.Count == 0 ? FirstWarmTurns : 1;
            for (var number = -warmTurns; number < Turns; number++)
            {
                for (var place = 0; place < all.Length; place++) await all[(number + warmTurns + place) % all.Length].RunAsync(counts: number >= 0);
            }

            figures.Add(new($"bare PutItem, {inFlight} in flight", puts.CallsPerSecond, "writes/s"));
            figures.Add(new($"grain states, {inFlight} in flight", writes.CallsPerSecond, "writes/s"));
            figures.Add(new($"grain states, {inFlight} in flight, p50", writes.P50, "µs"));
            figures.Add(new($"bare PutItem, {inFlight} in flight, p50", puts.P50, "µs"));
            figures.Add(new($"grain states as a share of bare PutItem, {inFlight} in flight", writes.CallsPerSecond / puts.CallsPerSecond, "ratio"));
            figures.Add(new($"bare conditional PutItem as a share of bare PutItem, {inFlight} in flight", conditional.CallsPerSecond / puts.CallsPerSecond, "ratio"));
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

    private static Dictionary<string, AttributeValue> StoredItemOf(int caller, int etag) => new(KeyOf("replaced", caller))
    {
        ["GrainState"] = StateOf(etag),
        ["ETag"] = new() { N = $"{etag}" },
        ["WriteToken"] = new() { B = new MemoryStream(new byte[12]) },
        ["Fence"] = new() { N = "3" },
        ["FenceHistory"] = new("0123456789abcdef"),
    };

    private static PutItemRequest ReplacementOf(int caller, int etag) => new()
    {
        TableName = BareTable,
        Item = StoredItemOf(caller, etag + 1),
        Expected = new()
        {
            ["ETag"] = new() { ComparisonOperator = ComparisonOperator.EQ, AttributeValueList = [new() { N = $"{etag}" }] },
            ["FenceHistory"] = new() { ComparisonOperator = ComparisonOperator.EQ, AttributeValueList = [new("0123456789abcdef")] },
            ["Fence"] = new() { ComparisonOperator = ComparisonOperator.LE, AttributeValueList = [new() { N = "3" }] },
            ["GrainTtl"] = new() { ComparisonOperator = ComparisonOperator.NULL },
        },
    };

    private static Dictionary<string, AttributeValue> KeyOf(string kind, int caller) => new() { ["GrainReference"] = new($"bench_{kind}/{caller:X}"), ["GrainType"] = new("note") };

    private static AttributeValue StateOf(int count) =>
        new() { B = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"$id":"1","$type":"OrleansShop.Benchmarks.DynamoDB.Note, OrleansShop.Benchmarks","Text":"{{TextOf(count)}}"}""")) };

    private static string TextOf(int count) => $"The note that was written for the {count}th time, and is as long as notes are.";

    private static async Task CreateTableAsync(IAmazonDynamoDB client, CancellationToken cancellationToken) => await client.CreateTableAsync(
        new CreateTableRequest
        {
            TableName = BareTable,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new("GrainReference", KeyType.HASH), new("GrainType", KeyType.RANGE)],
            AttributeDefinitions = [new("GrainReference", ScalarAttributeType.S), new("GrainType", ScalarAttributeType.S)],
        },
        cancellationToken);

    /// <summary>The turns of one kind of loop. What counts is their median.</summary>
    private sealed class Series(Func<Task<LoopResult>> run)
    {
        private readonly List<LoopResult> _results = [];

        public double CallsPerSecond => Median(static result => result.CallsPerSecond);

        public double P50 => Median(static result => result.P50);

        public async Task RunAsync(bool counts)
        {
            var result = await run();
            if (counts) _results.Add(result);
        }

        private double Median(Func<LoopResult, double> figure) => _results.Select(figure).Order().ElementAt(_results.Count / 2);
    }
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
