using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace OrleansShop.Clinic.Http.Answers;

/// <summary>
/// Writes JSON responses. Letters of all scripts stand as they are (the default encoder would escape them). A GET carries an entity tag over its bytes; it is
/// weak, because a proxy may compress the body on its way.
/// </summary>
internal static class JsonAnswer
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string MediaType = "application/json; charset=utf-8";
    private const int EntityTagBytes = 16;

    /// <summary>200 with the value, or 304 when the client has it already.</summary>
    public static async Task OkAsync<T>(HttpContext context, T value)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, Options);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, EntityTagBytes))}\"", isWeak: true);
        context.Response.Headers.ETag = tag.ToString();

        if (ClientHas(context.Request, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await WriteAsync(context, body, MediaType);
    }

    /// <summary>201 with the new object and its place.</summary>
    public static Task CreatedAsync<T>(HttpContext context, string path, T value)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"{ClinicApi.BasePath}/{path}";
        return WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(value, Options), MediaType);
    }

    /// <summary>204, the answer of every PUT and DELETE.</summary>
    public static void NoContent(HttpContext context) => context.Response.StatusCode = StatusCodes.Status204NoContent;

    public static Task WriteAsync<T>(HttpContext context, T value, string mediaType) =>
        WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(value, Options), mediaType);

    private static async Task WriteAsync(HttpContext context, byte[] body, string mediaType)
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static bool ClientHas(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(tag, useStrongComparison: false));
}
