using Microsoft.AspNetCore.Http.Features;
using OrleansShop.ServiceDefaults.Problems;

namespace OrleansShop.Gateway.Admission;

/// <summary>Refuses paths that no backend needs to see, because a backend could read them differently from the route table.</summary>
internal sealed class AdmissionMiddleware(RequestDelegate next, TimeProvider time)
{
    public Task InvokeAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return RequestTarget.FaultOf(target) is { } fault
            ? http.Response.WriteProblemAsync(ProblemKinds.BadRequest.At($"The request target is refused: {fault}.", time))
            : next(http);
    }
}
