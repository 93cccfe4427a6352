using Microsoft.AspNetCore.Http.Features;
using OrleansShop.ServiceDefaults.Problems;

namespace OrleansShop.Gateway.Admission;

/// <summary>
/// Refuses what no backend needs to see: ambiguous paths and bodies whose declared length is above the limit.
/// Bodies without a declared length are counted while they are read, and refused by the forwarding step.
/// </summary>
internal sealed class AdmissionMiddleware(RequestDelegate next, TimeProvider time)
{
    public Task InvokeAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (RequestTarget.FaultOf(target) is { } fault)
        {
            return Refuse(http, ProblemKinds.BadRequest, $"The request target is refused: {fault}.");
        }

        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (http.Request.ContentLength > limit)
        {
            return Refuse(http, ProblemKinds.BodyTooLarge, $"The request body is {http.Request.ContentLength} bytes; the limit is {limit} bytes.");
        }

        return next(http);
    }

    private Task Refuse(HttpContext http, ProblemKind kind, string detail) => http.Response.WriteProblemAsync(kind.At(detail, time));
}
