using System.Globalization;
using OrleansShop.Benchmarks.DynamoDB;
using OrleansShop.Benchmarks.Engine;
using OrleansShop.Benchmarks.Gateway;
using OrleansShop.Benchmarks.Moves;
#if BUILTIN_ENGINE
using OrleansShop.Benchmarks.Recovery;
using OrleansShop.Benchmarks.Sqs;
#endif

namespace OrleansShop.Benchmarks.Running;

/// <summary>The command line: which benchmarks, how many rounds, how long, and where the figures go.</summary>
internal static class BenchmarkCommand
{
    private const int UsageError = 2;

    private static readonly IBenchmark[] All =
    [
        new HostedPing(),
        new LocalCallBytes(),
        new FanOut(),
        new ClientToSilo(),
        new RemoteCallBytes(),
        new SocketFloor(),
        new SiloToSilo(),
        new Activations(),
        new IdleActivationBytes(),
        new SerializerRoundTrip(),
        new SiloStart(),
        new SiloStartDynamoDB(),
        new TestClusterStart(),
        new GatewayOverhead(),
        new OwnerReads(),
        new LiveMoves("moves", "one process, SQLite and embedded storage", static (folder, _) => MovingClinic.StartEmbeddedAsync(folder)),
        new LiveMoves("moves-processes", "separate processes, SQLite and embedded storage", static (folder, cancellationToken) => MovingClinic.StartProcessesAsync(folder, isRemote: false, cancellationToken)),
        new LiveMoves("moves-postgresql", "separate processes, PostgreSQL and DynamoDB Local", static (folder, cancellationToken) => MovingClinic.StartProcessesAsync(folder, isRemote: true, cancellationToken)),
        new DynamoDBWrites(),
        new MembershipCost(),
#if BUILTIN_ENGINE
        new OwnerHops(),
        new RecoveryKill(),
        new RecoveryFreeze(),
        new RollingReplace(),
        new SqsStreams(),
#endif
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--role", var role, .. var rest])
        {
            return await BenchmarkRole.RunAsync(role, rest);
        }

        if (!TryParse(args, out var names, out var rounds, out var options, out var json))
        {
            await Console.Error.WriteLineAsync("usage: [names…|all] [--rounds N] [--seconds N] [--owners N] [--rate N] [--json FILE]");
            return UsageError;
        }

        var chosen = names is ["all"] ? All : All.Where(benchmark => names.Contains(benchmark.Name)).ToArray();
        if (names.Count == 0 || (names is not ["all"] && chosen.Length != names.Count))
        {
            await Console.Error.WriteLineAsync($"Choose from: all{string.Concat(All.Select(benchmark => $"{Environment.NewLine}  {benchmark.Name,-24} {benchmark.Question}"))}");
            return names.Count == 0 ? 0 : UsageError;
        }

        var report = new BenchmarkReport();
        for (var round = 0; round < rounds; round++)
        {
            // Interleaved, so that a slow minute of the machine falls on all of them.
            foreach (var benchmark in chosen)
            {
                Console.Error.WriteLine($"round {round + 1}/{rounds}: {benchmark.Name}");
                report.Add(benchmark, await benchmark.RunAsync(options, CancellationToken.None));
            }
        }

        report.Print(Console.Out);
        if (json is not null)
        {
            await report.WriteJsonAsync(json);
        }

        return 0;
    }

    private static bool TryParse(string[] args, out List<string> names, out int rounds, out RoundOptions options, out string? json)
    {
        (names, rounds, options, json) = ([], 3, new RoundOptions(TimeSpan.FromSeconds(4)), null);
        for (var index = 0; index < args.Length; index++)
        {
            if (!args[index].StartsWith("--", StringComparison.Ordinal))
            {
                names.Add(args[index]);
                continue;
            }

            if (index + 1 == args.Length)
            {
                return false;
            }

            var value = args[++index];
            switch (args[index - 1])
            {
                case "--rounds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds is >= 1 and <= 100:
                    break;
                case "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 600:
                    options = options with { Duration = TimeSpan.FromSeconds(seconds) };
                    break;
                case "--owners" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var owners) && owners is >= 100 and <= 1_000_000:
                    options = options with { Owners = owners };
                    break;
                case "--rate" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate is >= 10 and <= 10_000:
                    options = options with { RequestsPerSecond = rate };
                    break;
                case "--json":
                    json = value;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
