using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrleansShop.Benchmarks.Engine;
using OrleansShop.Benchmarks.Running;
using OrleansShop.Gateway;
using OrleansShop.Testing.Waiting;

namespace OrleansShop.Benchmarks.Gateway;

/// <summary>The same requests for entities through two gateways to the same three processes of a service: one sends each to its owner, the other to any.</summary>
internal sealed class OwnerHops : IBenchmark
{
    private const int Silos = 3;
    private const int Entities = 3_000;

    public string Name => "owner-hops";

    public string Question => "GET of one entity through the gateway to 3 silo processes, to its owner and to any, 16 in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bench-hops-");
        var services = new List<BenchmarkRole.RoleProcess>();
        try
        {
            for (var number = 0; number < Silos; number++)
            {
                services.Add(await BenchmarkRole.StartAsync("owner-service", [folder.FullName, $"{number}"], cancellationToken));
            }

            var addresses = string.Join(';', services.Select(service => service.FirstLine));
            await using var toAny = await StartAsync(addresses, folder, isEnabled: false);
            await using var toOwner = await StartAsync(addresses, folder, isEnabled: true);
            var hops = await HopsAsync(toOwner, until: 0, cancellationToken);
            var hopsToAny = await HopsAsync(toAny, until: Entities, cancellationToken);

            // Both once unmeasured: who comes second finds the processes warm.
            _ = await GatewayOverhead.RequestsAsync(toAny.Urls.First(), options, OwnerPath);
            _ = await GatewayOverhead.RequestsAsync(toOwner.Urls.First(), options, OwnerPath);
            var any = await GatewayOverhead.RequestsAsync(toAny.Urls.First(), options, OwnerPath);
            var owner = await GatewayOverhead.RequestsAsync(toOwner.Urls.First(), options, OwnerPath);
            return
            [
                .. any.As("to any process"), .. owner.As("to the owner"),
                new("second hops per request, to any process", hopsToAny, "hops"),
                new("second hops per request, to the owner", hops, "hops"),
                new("to the owner as a multiple of to any", owner.CallsPerSecond / any.CallsPerSecond, "ratio"),
            ];
        }
        finally
        {
            foreach (var service in services) await service.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    private static string OwnerPath(int caller, int count) => $"/petclinic/api/owners/{(((caller * 1_000) + count) % Entities) + 1}";

    private static async Task<WebApplication> StartAsync(string services, DirectoryInfo folder, bool isEnabled)
    {
        // The manifest's owners, as another kind.
        var kinds = new[] { "Entities:0:Kind", "Routes:0:Entity", "Routes:1:Entity", "Routes:2:Entity", "Routes:3:Entity" }
            .Select(key => KeyValuePair.Create($"Capabilities:owners:{key}", (string?)OwnerServiceRole.Kind));
        var gateway = GatewayApplication.Create([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(kinds);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Capabilities:owners:Service"] = services,
                ["Cluster:Id"] = "bench",
                ["Cluster:Membership"] = "File",
                ["Cluster:File"] = Path.Combine(folder.FullName, "members.json"),
                ["Gateway:DataFolder"] = Path.Combine(folder.FullName, $"gateway-{isEnabled}"),
                ["Gateway:OwnerRouting:Enabled"] = isEnabled ? "true" : "false",
            });
        });
        await gateway.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.First()) };
        await Eventually.Holds(
            async () => (await client.GetFromJsonAsync<JsonNode>("/admin/capabilities"))!["capabilities"]!.AsArray().Any(static capability => $"{capability!["name"]} {capability["phase"]}" == "owners Grains"),
            "the gateway knows that grains serve owners");
        return gateway;
    }

    // Asks for a part of the entities, again until the gateway has learnt who has what; returns the hops per request.
    private static async Task<double> HopsAsync(WebApplication gateway, int until, CancellationToken cancellationToken)
    {
        const int Asked = 300;
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.First()) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var hops = 0;
            for (var id = 1; id <= Asked; id++)
            {
                using var answer = await client.GetAsync($"/petclinic/api/owners/{id}", patience.Token);
                answer.EnsureSuccessStatusCode();
                hops += answer.Headers.GetValues(OwnerServiceRole.HopHeader).Single() == "1" ? 1 : 0;
            }

            if (hops <= until) return (double)hops / Asked;
        }
    }
}
