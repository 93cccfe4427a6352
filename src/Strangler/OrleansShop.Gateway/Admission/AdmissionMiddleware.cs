using Microsoft.AspNetCore.Http.Features;
using OrleansShop.ServiceDefaults.Problems;

namespace OrleansShop.Gateway.Admission;

/// <summary>
/// Refuses what no backend needs to see: ambiguous paths and bodies above the limit. A body without a declared length is counted while it is
/// forwarded, and refused there.
/// </summary>
internal sealed class AdmissionMiddleware(RequestDelegate next, BodyLinger linger, TimeProvider time)
{
    public Task InvokeAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (RequestTarget.FaultOf(target) is { } fault)
        {
            return http.Response.WriteProblemAsync(ProblemKinds.BadRequest.At($"The request target is refused: {fault}.", time));
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

    private async Task RefuseBodyAsync(HttpContext http, IHttpMaxRequestBodySizeFeature size, long limit)
    {
        size.MaxRequestBodySize = limit + BodyLinger.MaxBytes;
        http.Response.Headers.Connection = "close";
        await http.Response.WriteProblemAsync(ProblemKinds.BodyTooLarge.At(
            $"The request body is {http.Request.ContentLength} bytes; the limit is {limit} bytes.", time));
        await linger.AfterAsync(http, http.Request.Body);
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
            await linger.AfterAsync(http, body);
        }
    }
}
