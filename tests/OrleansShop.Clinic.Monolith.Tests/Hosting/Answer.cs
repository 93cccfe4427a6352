using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansShop.Clinic.Monolith.Tests.Hosting;

/// <summary>A response, read to its end.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new JsonException("The body is null.");

    public int Id => Json["id"]!.GetValue<int>();

    public string ProblemSlug => Json["type"]!.GetValue<string>().Split('/')[^1];

    public string Detail => Json["detail"]!.GetValue<string>();

    public IReadOnlyList<string> ValidationErrors => [.. Json["schemaValidationErrors"]!.AsArray().Select(entry => entry!["message"]!.GetValue<string>())];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, headers);
    }
}
