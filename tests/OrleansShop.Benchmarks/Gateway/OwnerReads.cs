using System.Diagnostics;
using System.Text.RegularExpressions;
using OrleansShop.Benchmarks.Running;
using OrleansShop.Testing.Moves;

namespace OrleansShop.Benchmarks.Gateway;

/// <summary>The same reads of owners with their pets and visits, served by the monolith and, after a move, by grains, through the gateway.</summary>
internal sealed partial class OwnerReads : IBenchmark
{
    private static readonly string[] Capabilities = ["owners", "pets", "visits"];

    public string Name => "owner-reads";

    public string Question => "GET /owners/{id} per second through the gateway, from the monolith and from grains, 16 in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bench-owners-");
        using var system = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(OrleansShop.AppHost.Starting.EmbeddedLifetime).Assembly.Location, "--data-dir", System.IO.Path.Combine(folder.FullName, "data"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var gateway = await GatewayAsync(system, cancellationToken);
            var monolith = await GatewayOverhead.RequestsAsync(gateway, options, OwnerPath);
            await MoveAllAsync(gateway);
            var grains = await GatewayOverhead.RequestsAsync(gateway, options, OwnerPath);
            return
            [
                .. monolith.As("GET owner from the monolith"), .. grains.As("GET owner from grains"),
                new("grains as a share of the monolith", grains.CallsPerSecond / monolith.CallsPerSecond, "ratio"),
            ];
        }
        finally
        {
            system.Kill();
            await system.WaitForExitAsync(cancellationToken);
            folder.Delete(recursive: true);
        }
    }

    private static string OwnerPath(int caller, int count) => $"/petclinic/api/owners/{((caller + count) % 10) + 1}";

    private static async Task<string> GatewayAsync(Process system, CancellationToken cancellationToken)
    {
        while (await system.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (GatewayLine().Match(line) is { Success: true } match)
            {
                return match.Groups["url"].Value;
            }
        }

        throw new InvalidOperationException("The AppHost ended before it was ready.");
    }

    private static async Task MoveAllAsync(string gateway)
    {
        using var client = new HttpClient { BaseAddress = new Uri(gateway) };
        foreach (var capability in Capabilities) await MovedCapabilities.ThroughGateway(client).ToGrainsAsync(capability);
    }

    [GeneratedRegex(@"^\s+gateway\s+(?<url>http://\S+)")]
    private static partial Regex GatewayLine();
}
