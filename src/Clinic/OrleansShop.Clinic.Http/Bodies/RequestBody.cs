using System.Text.Json;
using Microsoft.Net.Http.Headers;
using OrleansShop.Clinic.Http.Configuration;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>
/// Reads the body of a request. In this order: no media type and no body, 400; a media type other than JSON in UTF-8, 415; longer than the limit, 413; then
/// the rules of <see cref="JsonBody"/>.
/// </summary>
internal static class RequestBody
{
    public static async Task<JsonElement> ReadAsync(HttpContext context)
    {
        var maxBytes = context.RequestServices.GetRequiredService<ApiOptions>().MaxRequestBodyBytes;
        var request = context.Request;

        if (request.ContentType is null or "")
        {
            var isEmpty = request.ContentLength is null or 0 && await request.Body.ReadAsync(new byte[1], context.RequestAborted) == 0;
            throw isEmpty ? new ProblemException(ProblemKind.InvalidBody, ContractTexts.BodyMissing) : UnsupportedMediaType(request);
        }

        if (!IsJson(request.ContentType)) throw UnsupportedMediaType(request);
        return JsonBody.Parse(await ReadAllAsync(request, maxBytes, context.RequestAborted));
    }

    private static bool IsJson(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var mediaType)
        && mediaType.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!mediaType.Charset.HasValue || HeaderUtilities.RemoveQuotes(mediaType.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes) throw TooLarge();

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[4096];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (buffer.Length + read > maxBytes) throw TooLarge();
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static ProblemException UnsupportedMediaType(HttpRequest request) =>
        new(ProblemKind.UnsupportedMediaType, ContractTexts.UnsupportedMediaType(string.IsNullOrEmpty(request.ContentType) ? null : request.ContentType));

    private static ProblemException TooLarge() => new(ProblemKind.BodyTooLarge, ContractTexts.BodyTooLarge);
}
