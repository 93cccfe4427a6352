using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansShop.Benchmarks.Engine;
using OrleansShop.Benchmarks.Running;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Faults;

namespace OrleansShop.Benchmarks.DynamoDB;

/// <summary>What a cluster that does not change asks of its membership table, counted by a proxy before the emulator.</summary>
internal sealed class MembershipCost : IBenchmark
{
    private const int Callers = 100;
    private const int Grains = 1000;

    // Some beats of the heart.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public string Name => "membership-cost";

    public string Question => "requests to DynamoDB per silo and minute in steady state, for 1 and 3 silos, idle and with 100 closed loops of calls";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var figures = new List<Measurement>();
        foreach (var silos in new[] { 1, 3 })
        {
            await using var server = await DynamoDBServer.StartAsync();
            await using var proxy = await FaultProxy.StartAsync(server.Endpoint);
            var hosts = new List<IHost>();
            for (var number = 0; number < silos; number++)
            {
                hosts.Add(BuildSilo(proxy.Endpoint));
                await hosts[^1].StartAsync(cancellationToken);
            }

            await Task.Delay(Settling, cancellationToken);
            var duration = options.Duration > Shortest ? options.Duration : Shortest;
            figures.AddRange(await CountAsync(proxy, $"{silos} silos, idle", silos, () => Task.Delay(duration, cancellationToken)));

            var grains = Enumerable.Range(0, Grains).Select(key => hosts[0].Grains().GetGrain<IPingGrain>(key)).ToArray();
            LoopResult? load = null;
            figures.AddRange(await CountAsync(proxy, $"{silos} silos, under load", silos, async () =>
                load = await ClosedLoops.RunAsync(Callers, new RoundOptions(duration), async (caller, count) => await grains[((caller * 10) + count) % Grains].Ping(count))));
            figures.Add(new($"{silos} silos, the load", load!.CallsPerSecond, "calls/s"));

            foreach (var host in Enumerable.Reverse(hosts))
            {
                await host.StopAsync(cancellationToken);
                host.Dispose();
            }
        }

        return figures;
    }

    private static async Task<IEnumerable<Measurement>> CountAsync(FaultProxy proxy, string name, int silos, Func<Task> meanwhile)
    {
        var before = proxy.Calls;
        var since = Stopwatch.GetTimestamp();
        await meanwhile();
        var after = proxy.Calls;
        var duration = Stopwatch.GetElapsedTime(since);
        var rates = after.Select(call => (Operation: call.Key, Rate: (call.Value - before.GetValueOrDefault(call.Key)) / duration.TotalMinutes / silos)).Where(static call => call.Rate > 0).ToList();
        return rates.OrderBy(static call => call.Operation, StringComparer.Ordinal).Select(call => new Measurement($"  of it: {call.Operation} ({name})", call.Rate, "/min"))
            .Prepend(new Measurement($"requests per silo, {name}", rates.Sum(static call => call.Rate), "/min"));
    }

    private static IHost BuildSilo(string endpoint)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseDynamoDBClustering((DynamoDBClusteringOptions clustering) => clustering.Service = endpoint);
            silo.Configure<ClusterOptions>(static cluster => (cluster.ClusterId, cluster.ServiceId) = ("bench", "bench"));
            silo.ConfigureEndpoints(System.Net.IPAddress.Loopback, BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort());
        });
        return builder.Build();
    }
}
