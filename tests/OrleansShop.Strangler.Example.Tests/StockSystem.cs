using System.Net;
using System.Text.Json;
using OrleansShop.Gateway;
using OrleansShop.Strangler.Bridge;
using OrleansShop.Strangler.Example.Tests.Monolith;
using OrleansShop.Strangler.Example.Tests.Service;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Strangler.Example.Tests;

/// <summary>Monolith, bridge, grain service and gateway in the test's process, each an application of its own: what they say to each other goes over HTTP.</summary>
internal sealed class StockSystem : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stock-").FullName;
    private readonly Stack<WebApplication> _running = [];

    private StockSystem()
    {
    }

    /// <summary>What clients see.</summary>
    public HttpClient Gateway { get; private set; } = null!;

    /// <summary>The monolith behind the gateway's back.</summary>
    public HttpClient Monolith { get; private set; } = null!;

    public static async Task<StockSystem> StartAsync()
    {
        var system = new StockSystem();
        try
        {
            await system.StartAllAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Gateway?.Dispose();
        Monolith?.Dispose();
        while (_running.TryPop(out var application))
        {
            await using (application) await application.StopAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Gives an order to the gateway's admin API, as <c>shopctl</c> does.</summary>
    public async Task OrderAsync(string order, object? body = null)
    {
        using var answer = await Gateway.PostAsJsonAsync($"/admin/capabilities/stock/{order}", body ?? new { by = "a test" });
        Assert.True(answer.IsSuccessStatusCode, $"{order}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Waits until the capability's status, as the admin API tells it, is what is expected.</summary>
    public Task UntilAsync(Func<JsonElement, bool> condition, string what) =>
        Eventually.Holds(async () => condition(await Gateway.GetFromJsonAsync<JsonElement>("/admin/capabilities/stock")), what);

    /// <summary>Waits until everything is where it is to be.</summary>
    public Task SettledAsync(string phase, long grains) => UntilAsync(
        status => status.GetProperty("phase").GetString() == phase
            && status.TryGetProperty("moves", out var moves) && moves.ValueKind == JsonValueKind.Object
            && moves.GetProperty("activity").GetString() == "Settled"
            && moves.TryGetProperty("ownedByGrains", out var owned) && owned.ValueKind == JsonValueKind.Number && owned.GetInt64() == grains,
        $"{phase}, with {grains} articles in the grains");

    /// <summary>Compares every entity on both sides.</summary>
    public async Task<JsonElement> VerifyAsync()
    {
        using var started = await Gateway.PostAsync("/admin/capabilities/stock/verify", content: null);
        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        JsonElement report = default;
        await Eventually.Holds(
            async () => !(report = await Gateway.GetFromJsonAsync<JsonElement>("/admin/capabilities/stock/verify")).GetProperty("isRunning").GetBoolean(), "the comparison ends");
        return report;
    }

    private async Task StartAllAsync()
    {
        var database = $"Data Source={Path.Combine(_folder, "stock.db")}";
        var manifest = $"--Strangler:CapabilityFile={Path.Combine(AppContext.BaseDirectory, "stock.json")}";
        string[] common = ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", manifest];

        var monolith = await RunAsync(StockMonolith.Create(database, common));
        var bridge = await RunAsync(BridgeApplication.Create([.. common, $"--Bridge:Database:ConnectionString={database}"]));
        var service = await RunAsync(StockService.Create([.. common, $"--Strangler:Bridge:Address={bridge}", $"--Storage:DataFolder={Path.Combine(_folder, "grains")}", $"--Cluster:Id={_folder}"]));
        var gateway = await RunAsync(GatewayApplication.Create(
            [.. common, $"--Gateway:Monolith={monolith}", $"--Capabilities:stock:Service={service}", $"--Gateway:DataFolder={Path.Combine(_folder, "gateway")}", "--Gateway:Following:Interval=00:00:00.1"]));

        Monolith = new HttpClient { BaseAddress = new Uri(monolith) };
        Gateway = new HttpClient { BaseAddress = new Uri(gateway) };
    }

    private async Task<string> RunAsync(WebApplication application)
    {
        _running.Push(application);
        await application.StartAsync();
        return application.Urls.Single();
    }
}
