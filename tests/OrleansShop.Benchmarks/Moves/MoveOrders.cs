using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OrleansShop.Benchmarks.Moves;

/// <summary>The gateway's admin API, for the capability of the owners.</summary>
internal sealed class MoveOrders(Uri gateway) : IDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new() { BaseAddress = new Uri(gateway, "/admin/capabilities/owners/"), Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Gives an order, which must be taken.</summary>
    public async Task OrderAsync(string order, object? body = null)
    {
        using var answer = await _http.PostAsJsonAsync(order, body ?? new { by = "benchmark" });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The order {order} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Returns how the capability stands, once that fulfils a condition.</summary>
    public async Task<JsonNode> UntilAsync(Func<JsonNode, bool> condition, CancellationToken cancellationToken, string path = "../owners")
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var status = await _http.GetFromJsonAsync<JsonNode>(path, patience.Token) ?? throw new InvalidOperationException("There is no status.");
            if (condition(status)) return status;
            await Task.Delay(LookPeriod, patience.Token);
        }
    }

    public void Dispose() => _http.Dispose();
}
