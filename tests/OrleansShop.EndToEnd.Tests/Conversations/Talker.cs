using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansShop.EndToEnd.Tests.Conversations;

/// <summary>
/// Has a conversation with one system, again and again, and writes down what a client can see of it. Ids that the system gave are written as names,
/// because two systems may number differently; the time in a problem is left out.
/// </summary>
internal sealed class Talker(HttpClient client)
{
    private readonly IdNames _names = new();
    private int _rounds;

    /// <summary>Has the conversation once; returns a line per request with its answer.</summary>
    public async Task<List<string>> TalkAsync(IEnumerable<Exchange> exchanges)
    {
        _rounds++;
        var kept = new Dictionary<string, string>();
        var transcript = new List<string>();
        foreach (var exchange in exchanges)
        {
            transcript.Add($"{exchange} => {await AskAsync(exchange, kept)}");
        }

        return transcript;
    }

    private async Task<string> AskAsync(Exchange exchange, Dictionary<string, string> kept)
    {
        using var request = new HttpRequestMessage(new HttpMethod(exchange.Method), Fill(exchange.Path, kept));
        if (exchange.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(exchange.Body, kept)));
            request.Content.Headers.ContentType = exchange.ContentType is null ? null : MediaTypeHeaderValue.Parse(exchange.ContentType);
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (exchange.Keep is not null)
        {
            var id = JsonNode.Parse(text)!["id"]!.ToString();
            kept[exchange.Keep] = id;
            _names.Add(exchange.Path, id, $"{exchange.Keep}#{_rounds}");
        }

        var type = answer.Content.Headers.ContentType?.ToString();
        var location = answer.Headers.Location is { } place ? $" at {_names.InPath(place.ToString())}" : "";
        var allow = string.Join(',', answer.Content.Headers.Allow.Order(StringComparer.Ordinal));
        return $"{(int)answer.StatusCode} {type}{location} {(answer.Headers.ETag is null ? "" : "tagged")} {allow} {_names.InBody(text)}";
    }

    private static string Fill(string template, Dictionary<string, string> kept) =>
        kept.Aggregate(template, (text, pair) => text.Replace($"{{{pair.Key}}}", pair.Value));
}
