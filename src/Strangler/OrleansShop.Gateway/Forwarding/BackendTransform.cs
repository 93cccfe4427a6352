using System.Net;
using Microsoft.Net.Http.Headers;
using OrleansShop.Gateway.Repair;
using OrleansShop.Strangler.Entities;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>
/// Turns the client's request into the backend's and the backend's answer into the client's. Hop-by-hop headers stay behind on either side;
/// the proxy library does that, and prefers chunked framing over a length when a request carries both.
/// </summary>
internal class BackendTransform(ForwardedHeaders forwardedHeaders) : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);

        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            // Backends need not know HEAD: the answer to GET has the same headers, and its body is dropped below.
            proxyRequest.Method = HttpMethod.Get;
        }

        // The client's own host goes along: the monolith makes links of it and knows nothing of forwarded headers. With TLS the certificate
        // is checked against it, so there it is the backend's.
        if (destinationPrefix.StartsWith(Uri.UriSchemeHttps + ":", StringComparison.OrdinalIgnoreCase))
        {
            proxyRequest.Headers.Host = null;
        }

        // Compression happens once, here: a backend that compressed would give its entity tags to one encoding only.
        proxyRequest.Headers.Remove(HeaderNames.AcceptEncoding);
        proxyRequest.Headers.Remove(ShadowReads.Header);
        forwardedHeaders.Apply(httpContext, proxyRequest.Headers);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse?.StatusCode == HttpStatusCode.MisdirectedRequest)
        {
            // Not an answer for the client: the caller of the forwarding finds another.
            return false;
        }

        if (!await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken) || proxyResponse is null)
        {
            return false;
        }

        if (httpContext.Response.StatusCode >= StatusCodes.Status500InternalServerError && httpContext.Features.Get<RepeatableRequest>() is { KeepsServerErrors: true } repeatable)
        {
            // Perhaps a fence: the caller finds out who owns the entity before the client hears of it.
            await repeatable.KeepAsync(proxyResponse.Content, cancellationToken);
            return false;
        }

        Compression.DeclareVariance(httpContext.Response);
        return !HttpMethods.IsHead(httpContext.Request.Method);
    }
}
