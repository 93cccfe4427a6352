using OrleansShop.Benchmarks.Running;
using OrleansShop.Testing.DynamoDB;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>From the request to start a process to a silo that takes calls, with membership and grain states in DynamoDB, whose tables exist; beside it the same silo without DynamoDB.</summary>
internal sealed class SiloStartDynamoDB : IBenchmark
{
    private const int Starts = 5;

    public string Name => "silo-start-dynamodb";

    public string Question => "milliseconds from the start of a process to a ready silo on DynamoDB, tables exist, and to one without";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var server = await DynamoDBServer.StartAsync();

        // The first start makes the tables, and the server compiles itself while it answers the first few.
        for (var start = 0; start < Starts; start++) _ = await StepsAsync(server.Endpoint, cancellationToken);
        var starts = new List<double[]>();
        for (var start = 0; start < Starts; start++) starts.Add(await StepsAsync(server.Endpoint, cancellationToken));
        var silo = starts.OrderBy(static steps => steps[2]).ElementAt(Starts / 2);
        var without = await SiloStart.StepsAsync("start-silo", [$"{BenchmarkSilo.FreePort()}", $"{BenchmarkSilo.FreePort()}"], cancellationToken);
        return
        [
            new("process start to ready silo on DynamoDB, median of 5", silo[2], "ms"),
            new("  of it: to Main", silo[0], "ms"),
            new("  of it: building the host", silo[1] - silo[0], "ms"),
            new("  of it: starting the host", silo[2] - silo[1], "ms"),
            new("  of it: compiling, on all threads", silo[3], "ms"),
            new("  methods compiled", silo[4], "methods"),
            new("process start to ready silo without DynamoDB", without[2], "ms"),
            new("what DynamoDB adds", silo[2] - without[2], "ms"),
        ];
    }

    private static Task<double[]> StepsAsync(string endpoint, CancellationToken cancellationToken) =>
        SiloStart.StepsAsync("start-silo-dynamodb", [$"{BenchmarkSilo.FreePort()}", $"{BenchmarkSilo.FreePort()}", endpoint], cancellationToken);
}
