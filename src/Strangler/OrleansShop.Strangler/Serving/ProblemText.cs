using System.Text.Json;

namespace OrleansShop.Strangler.Serving;

/// <summary>Takes the sentence for people out of an error answer.</summary>
internal static class ProblemText
{
    private const int MaxCharacters = 2000;

    /// <summary>The problem's detail, or the beginning of the body when it is no problem, or a note that it is empty.</summary>
    internal static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (body.Length == 0)
        {
            return "(no body)";
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement is { ValueKind: JsonValueKind.Object } problem
                && problem.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 } text)
            {
                return Shortened(text);
            }
        }
        catch (JsonException)
        {
            // Not every proxy in between answers with a problem; whatever came is still the best explanation there is.
        }

        return Shortened(body);
    }

    private static string Shortened(string text) => text.Length <= MaxCharacters ? text : text[..MaxCharacters] + "…";
}
