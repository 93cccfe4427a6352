using System.Net;
using System.Text.Json.Nodes;

namespace OrleansShop.Clinic.Testing.Talking;

/// <summary>A response, read to its end.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly string[] Compared = ["Content-Type", "ETag", "Location", "Allow", "WWW-Authenticate", "Retry-After", "Cache-Control", "X-Content-Type-Options"];

    public JsonNode? Json => Text.Length == 0 ? null : JsonNode.Parse(Text);

    public string? Detail => Json?["detail"]?.GetValue<string>();

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>What a client can tell of the answer, without the time of a problem.</summary>
    public string Visible()
    {
        var text = Text;
        if (Json is JsonObject problem && problem.Remove("timestamp")) text = problem.ToJsonString();
        var headers = Compared.Where(Headers.ContainsKey).Select(name => $"{name}: {Headers[name]}");
        return $"{(int)Status} | {string.Join(", ", headers)} | {text}";
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }
}
