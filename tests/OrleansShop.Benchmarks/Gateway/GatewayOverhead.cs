using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansShop.Benchmarks.Engine;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Gateway;

/// <summary>
/// The same requests through the gateway, with half of the owners at the grains, and through YARP with nothing else, to a backend that answers at once. All are processes of their own; turns are short and change about, so
/// that a slow moment of the machine falls on both.
/// </summary>
internal sealed class GatewayOverhead : IBenchmark
{
    private const int Callers = 16;
    private const int Turns = 5;
    private const int Owners = 1_000;
    private const string Path = "/petclinic/api/owners/1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "gateway";

    public string Question => "requests/s through the gateway and through bare YARP, owners in Canary, 16 in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bench-gateway-");
        await using var backend = await BenchmarkRole.StartAsync("http-backend", [], cancellationToken);
        await using var bare = await BenchmarkRole.StartAsync("bare-yarp", [backend.FirstLine], cancellationToken);
        await using var gateway = await BenchmarkRole.StartAsync("gateway", [backend.FirstLine, folder.FullName], cancellationToken);
        await InCanaryAsync(gateway.FirstLine, cancellationToken);

        // Once unmeasured: both compile their code.
        await TurnAsync(bare, options);
        await TurnAsync(gateway, options);
        var (bareTurns, gatewayTurns) = (new List<Turn>(), new List<Turn>());
        var turn = options with { Duration = options.Duration / Turns };
        for (var number = 0; number < Turns; number++)
        {
            bareTurns.Add(await TurnAsync(bare, turn));
            gatewayTurns.Add(await TurnAsync(gateway, turn));
        }

        var (throughBare, throughGateway) = (MedianOf(bareTurns), MedianOf(gatewayTurns));
        folder.Delete(recursive: true);
        return
        [
            new("through bare YARP", throughBare.PerSecond, "req/s"),
            new("through the gateway", throughGateway.PerSecond, "req/s"),
            new("gateway as a share of bare YARP", throughGateway.PerSecond / throughBare.PerSecond, "ratio"),
            new("processor's time of bare YARP per request", throughBare.ProcessorMicroseconds, "µs"),
            new("processor's time of the gateway per request", throughGateway.ProcessorMicroseconds, "µs"),
            new("the gateway's as a multiple of bare YARP's", throughGateway.ProcessorMicroseconds / throughBare.ProcessorMicroseconds, "ratio"),
        ];
    }

    internal static async Task<LoopResult> RequestsAsync(string address, RoundOptions options, Func<int, int, string>? path = null)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        return await ClosedLoops.RunAsync(Callers, options, async (caller, count) =>
        {
            using var answer = await client.GetAsync(path?.Invoke(caller, count) ?? Path);
            answer.EnsureSuccessStatusCode();
            await answer.Content.CopyToAsync(Stream.Null);
        });
    }

    private static async Task<Turn> TurnAsync(BenchmarkRole.RoleProcess proxy, RoundOptions options)
    {
        var (busy, requests) = (proxy.ProcessorTime(), 0);
        var result = await RequestsAsync(proxy.FirstLine, options, (caller, count) =>
        {
            Interlocked.Increment(ref requests);
            return $"/petclinic/api/owners/{(((caller * 61) + count) % Owners) + 1}";
        });
        return new Turn(result.CallsPerSecond, (proxy.ProcessorTime() - busy).TotalMicroseconds / requests);
    }

    private static Turn MedianOf(List<Turn> turns) => new(
        turns.Select(static turn => turn.PerSecond).Order().ElementAt(turns.Count / 2), turns.Select(static turn => turn.ProcessorMicroseconds).Order().ElementAt(turns.Count / 2));

    private static async Task InCanaryAsync(string gateway, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(gateway) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var capabilities = await client.GetFromJsonAsync<JsonNode>("/admin/capabilities", patience.Token);
            if (capabilities!.ToJsonString().Contains("\"Canary\"", StringComparison.OrdinalIgnoreCase)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }

    private readonly record struct Turn(double PerSecond, double ProcessorMicroseconds);
}
