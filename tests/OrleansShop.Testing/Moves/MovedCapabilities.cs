using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansShop.Testing.Waiting;

namespace OrleansShop.Testing.Moves;

/// <summary>Brings whole capabilities to the grains, or back to the monolith, by orders, and waits until every entity is there.</summary>
/// <param name="http">Asks the gateway's admin API, or a service.</param>
/// <param name="requestOf">The request for an order: the capability, the order as the admin API names it, and what it says besides.</param>
/// <param name="statusOf">Where a capability's status is read.</param>
public sealed class MovedCapabilities(HttpClient http, Func<string, string, JsonObject, HttpRequestMessage> requestOf, Func<string, string> statusOf)
{
    /// <summary>By the admin API of a gateway, without a key.</summary>
    /// <param name="gateway">Asks the gateway.</param>
    public static MovedCapabilities ThroughGateway(HttpClient gateway) => new(
        gateway,
        static (capability, order, body) => new(HttpMethod.Post, $"/admin/capabilities/{capability}/{order}") { Content = JsonContent.Create(body) },
        static capability => $"/admin/capabilities/{capability}");

    /// <summary>By the endpoints of a service, without a gateway.</summary>
    /// <param name="service">Asks the service.</param>
    public static MovedCapabilities AtService(HttpClient service) => new(
        service,
        static (capability, order, body) =>
        {
            body["kind"] = $"{char.ToUpperInvariant(order[0])}{order[1..]}";
            return new(HttpMethod.Post, $"/strangler/{capability}/orders") { Content = JsonContent.Create(body) };
        },
        static capability => $"/strangler/{capability}");

    /// <summary>Through every phase to Grains, lists included. Returns how the capability stands then.</summary>
    /// <exception cref="InvalidOperationException">An order was refused.</exception>
    public async Task<JsonNode> ToGrainsAsync(string capability)
    {
        await OrderAsync(capability, "shadow");
        await OrderAsync(capability, "canary", new() { ["percent"] = 100 });
        await OrderAsync(capability, "promote");

        // It is refused while the monolith owns something.
        JsonNode? standing = null;
        await Eventually.Holds(
            async () => (standing = await TryOrderAsync(capability, "lists", new() { ["lists"] = "Grains" })) is not null,
            $"the grains own all of {capability}");
        return standing!;
    }

    /// <summary>Back to the monolith. Returns how the capability stands then.</summary>
    /// <exception cref="InvalidOperationException">The order was refused.</exception>
    public async Task<JsonNode> ToMonolithAsync(string capability)
    {
        var standing = await OrderAsync(capability, "rollback");
        await Eventually.Holds(
            async () => (standing = (await http.GetFromJsonAsync<JsonNode>(statusOf(capability)))!)["phase"]!.GetValue<string>() == "Monolith",
            $"the monolith owns all of {capability}");
        return standing;
    }

    /// <summary>Gives one order, which must be taken. Returns how the capability stands then.</summary>
    /// <exception cref="InvalidOperationException">The order was refused.</exception>
    public async Task<JsonNode> OrderAsync(string capability, string order, JsonObject? body = null)
    {
        using var answer = await SendAsync(capability, order, body);
        return await ReadAsync(capability, order, answer);
    }

    private async Task<JsonNode?> TryOrderAsync(string capability, string order, JsonObject body)
    {
        using var answer = await SendAsync(capability, order, body);
        return answer.StatusCode == HttpStatusCode.Conflict ? null : await ReadAsync(capability, order, answer);
    }

    private async Task<HttpResponseMessage> SendAsync(string capability, string order, JsonObject? body)
    {
        var said = body?.DeepClone().AsObject() ?? [];
        said["by"] = "test";
        using var request = requestOf(capability, order, said);
        return await http.SendAsync(request);
    }

    private static async Task<JsonNode> ReadAsync(string capability, string order, HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? (await answer.Content.ReadFromJsonAsync<JsonNode>())!
        : throw new InvalidOperationException($"The order {order} to {capability} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
}
