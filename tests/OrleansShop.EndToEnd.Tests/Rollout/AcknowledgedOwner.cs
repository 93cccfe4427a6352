using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OrleansShop.EndToEnd.Tests.Rollout;

/// <summary>An owner with one writer, who notes what was acknowledged. A write that was answered 500 has not reached the service.</summary>
internal sealed class AcknowledgedOwner(HttpClient client, string id)
{
    private int _writes;
    private string? _acknowledged;

    public int Failed { get; private set; }

    public async Task WriteAsync()
    {
        var city = $"City {++_writes}";
        using var answer = await client.PutAsJsonAsync($"owners/{id}", new { firstName = "Ada", lastName = "Lovelace", address = "12 St James", city, telephone = "5551234" });
        if (answer.IsSuccessStatusCode) _acknowledged = city;
        else if (answer.StatusCode == HttpStatusCode.InternalServerError) Failed++;
        else throw new InvalidOperationException($"A write of owner {id} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Reads as its client; what fails says nothing.</summary>
    public async Task ReadAsync()
    {
        using var answer = await client.GetAsync($"owners/{id}");
        if (answer.IsSuccessStatusCode) Check((await answer.Content.ReadFromJsonAsync<JsonNode>())!);
        else if (answer.StatusCode != HttpStatusCode.InternalServerError) throw new InvalidOperationException($"A read of owner {id} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Reads the owner; fails unless it has what was acknowledged last.</summary>
    public async Task CheckAsync(HttpClient reader) => Check((await reader.GetFromJsonAsync<JsonNode>($"owners/{id}"))!);

    private void Check(JsonNode owner)
    {
        var city = owner["city"]!.ToString();
        if (_acknowledged is not null && city != _acknowledged) throw new InvalidOperationException($"Owner {id} lives in {city}, and {_acknowledged} was acknowledged last.");
    }
}
