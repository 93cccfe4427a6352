using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OrleansShop.ServiceDefaults.Problems;

namespace OrleansShop.ServiceDefaults.Limits;

/// <summary>
/// Answers requests above the limits with a problem. The server by itself answers with a bare status and closes, which a client that sends before it
/// listens does not even see; its own limits stay above these as the last resort.
/// </summary>
internal sealed class RequestLimitsMiddleware(RequestDelegate next, IOptions<RequestLimitOptions> options, TimeProvider time)
{
    /// <summary>A header line has a colon, a space and a line end besides its name and value.</summary>
    private const int LineOverheadBytes = 4;

    private readonly RequestLimitOptions _limits = options.Value;
    private readonly BodyLinger _linger = new(time);

    public Task InvokeAsync(HttpContext http)
    {
        if (FaultOf(http.Request.Headers) is { } fault)
        {
            http.Response.Headers.Connection = "close";
            return http.Response.WriteProblemAsync(ProblemKinds.HeadersTooLarge.At(fault, time));
        }

        var size = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is not { MaxRequestBodySize: { } limit, IsReadOnly: false })
        {
            return next(http);
        }

        if (http.Request.ContentLength > limit)
        {
            return RefuseBodyAsync(http, size, limit);
        }

        return http.Request.ContentLength is null && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
            ? CountBodyAsync(http, size, limit)
            : next(http);
    }

    /// <remarks>Hot path: one pass over the dozen headers of a usual request.</remarks>
    private string? FaultOf(IHeaderDictionary headers)
    {
        var count = 0;
        var bytes = 0;
        foreach (var (name, values) in headers)
        {
            count += values.Count;
            foreach (var value in values)
            {
                bytes += name.Length + (value?.Length ?? 0) + LineOverheadBytes;
            }
        }

        return count > _limits.MaxRequestHeaderCount ? $"The request has {count} headers; the limit is {_limits.MaxRequestHeaderCount}."
            : bytes > _limits.MaxRequestHeadersBytes ? $"The request headers are {bytes} bytes; the limit is {_limits.MaxRequestHeadersBytes} bytes."
            : null;
    }

    private async Task RefuseBodyAsync(HttpContext http, IHttpMaxRequestBodySizeFeature size, long limit)
    {
        size.MaxRequestBodySize = limit + BodyLinger.MaxBytes;
        http.Response.Headers.Connection = "close";
        await http.Response.WriteProblemAsync(ProblemKinds.BodyTooLarge.At(
            $"The request body is {http.Request.ContentLength} bytes; the limit is {limit} bytes.", time));
        await _linger.AfterAsync(http, http.Request.Body);
    }

    private async Task CountBodyAsync(HttpContext http, IHttpMaxRequestBodySizeFeature size, long limit)
    {
        size.MaxRequestBodySize = limit + BodyLinger.MaxBytes;
        var body = http.Request.Body;
        var counted = new CountedBody(body, limit);
        http.Request.Body = counted;
        await next(http);
        if (counted.IsExceeded)
        {
            await _linger.AfterAsync(http, body);
        }
    }
}
