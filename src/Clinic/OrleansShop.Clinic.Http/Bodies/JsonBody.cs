using System.Text.Json;
using System.Text.Unicode;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>
/// Bytes of a request body to a JSON value, or one of five fixed faults, checked in this order: missing, not UTF-8, too deep or malformed (whichever comes
/// first in the text). Unpaired surrogates written as escapes are malformed: no text column could keep them.
/// </summary>
internal static class JsonBody
{
    private const int MaxDepth = 32;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(ByteOrderMark)) body = body[ByteOrderMark.Length..];
        if (body.IsEmpty) throw Malformed(ContractTexts.BodyMissing);
        if (!Utf8.IsValid(body.Span)) throw Malformed(ContractTexts.BodyNotUtf8);

        try
        {
            CheckTokens(body.Span);
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Malformed(ContractTexts.BodyMalformed);
        }
    }

    /// <summary>Reads every token once: the parser proper would report depth as a syntax error, and an unpaired surrogate only when the text is asked for.</summary>
    private static void CheckTokens(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
            {
                throw Malformed(ContractTexts.BodyTooDeep);
            }

            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) CheckEscapes(ref reader);
        }
    }

    private static void CheckEscapes(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw Malformed(ContractTexts.BodyMalformed);
        }
    }

    private static ProblemException Malformed(string detail) => new(ProblemKind.InvalidBody, detail);
}
