using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.ServiceDefaults.Problems;

namespace OrleansShop.Gateway.Routing;

/// <summary>Serves paths under the base path that belong to no capability: they stay with the monolith for good, which knows itself what there is.</summary>
internal sealed class MonolithRequests(Backends backends, RequestForwarding forwarding, GatewayMetrics metrics, TimeProvider time)
{
    private const string NoCapability = "none";
    private const string Allow = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    public async Task HandleAsync(HttpContext http)
    {
        var method = http.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsPost(method) && !HttpMethods.IsPut(method)
            && !HttpMethods.IsDelete(method) && !HttpMethods.IsPatch(method) && !HttpMethods.IsOptions(method))
        {
            http.Response.Headers.Allow = Allow;
            await http.Response.WriteProblemAsync(ProblemKinds.MethodNotAllowed.At($"{http.Request.Path} does not take {method}; it takes {Allow}.", time));
            return;
        }

        metrics.RequestForwarded(NoCapability, Backends.MonolithName);
        if (await forwarding.ForwardAsync(http, backends.Monolith, forwarding.Transform) == ForwardingOutcome.Misdirected)
        {
            await http.Response.WriteProblemAsync(ProblemKinds.BadGateway.At($"The monolith says that {http.Request.Path} is not its own, and it is nobody else's.", time));
        }
    }
}
