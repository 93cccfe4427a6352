using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;
using OrleansShop.Strangler.Capabilities;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>
/// Sends a request for an older path to the path that replaced it. Where the older answer was a list that the newer one nests in a document, the list
/// is collected out of the document, in every phase alike.
/// </summary>
internal sealed class LegacyTransform(ForwardedHeaders forwardedHeaders, RoutePattern target, ImmutableArray<string> collect) : BackendTransform(forwardedHeaders)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(
            destinationPrefix, PathFor(httpContext.Request.RouteValues), httpContext.Request.QueryString);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var hasBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is not { StatusCode: System.Net.HttpStatusCode.OK } || collect.IsEmpty || HttpMethods.IsOptions(httpContext.Request.Method))
        {
            return hasBody;
        }

        // The length that came with the headers is the document's, not the list's.
        httpContext.Response.ContentLength = null;
        if (hasBody)
        {
            await AnswerWithListAsync(httpContext.Response, proxyResponse, cancellationToken);
        }

        return false;
    }

    private string PathFor(RouteValueDictionary values)
    {
        var path = new StringBuilder();
        foreach (var segment in target.PathSegments)
        {
            path.Append('/').Append(segment.Parts[0] switch
            {
                RoutePatternParameterPart parameter => values[parameter.Name],
                RoutePatternLiteralPart literal => literal.Content,
                var other => throw new InvalidOperationException($"{target.RawText} holds a {other.PartKind}, which the catalog does not let through."),
            });
        }

        return path.ToString();
    }

    private async Task AnswerWithListAsync(HttpResponse response, HttpResponseMessage document, CancellationToken cancellationToken)
    {
        var list = new ArrayBufferWriter<byte>();
        await using (var body = await document.Content.ReadAsStreamAsync(cancellationToken))
        using (var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken))
        {
            await using var writer = new Utf8JsonWriter(list, Readable);
            JsonCollect.Write(json.RootElement, collect.AsSpan(), writer);
        }

        response.ContentLength = list.WrittenCount;
        await response.Body.WriteAsync(list.WrittenMemory, cancellationToken);
    }
}
