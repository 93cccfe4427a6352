using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansShop.Strangler.Admission;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.Rollout;

/// <summary>The endpoints by which operators start, see and end rollouts, and gateways tell their figures.</summary>
internal static class RolloutEndpoints
{
    internal static void MapRollout(this RouteGroupBuilder group, ServedCapability served)
    {
        group.MapGet("/rollout", async () => Answer(served, await served.Grain.GetRolloutAsync()));
        group.MapPost("/rollout", (RolloutRequest request, HttpContext http) => OrderAsync(served, request, http, served.Grain.StartRolloutAsync));
        group.MapPost("/rollout/stop", (RolloutRequest request, HttpContext http) => OrderAsync(served, request, http, served.Grain.StopRolloutAsync));
        group.MapPost("/figures", (GatewayFigures figures) => ReportAsync(served, figures));
    }

    private static async Task<IResult> OrderAsync(ServedCapability served, RolloutRequest request, HttpContext http, Func<RolloutOrder, Task<RolloutAnswer>> ask)
    {
        var order = new RolloutOrder(request.By ?? "", request.Origin ?? http.Connection.RemoteIpAddress?.ToString() ?? "unknown", request.ExpectedEpoch, request.Reason);
        if (order.Fault is { } fault) return StranglerProblem.BadRequest.At(fault);

        var answer = await ask(order);
        return answer.Refusal is { } refusal ? StranglerProblem.Conflict.At(refusal) : Answer(served, answer.Status);
    }

    private static async Task<IResult> ReportAsync(ServedCapability served, GatewayFigures figures)
    {
        if (figures.Fault is { } fault) return StranglerProblem.BadRequest.At(fault);
        await served.Grain.ReportAsync(figures);
        return TypedResults.NoContent();
    }

    private static IResult Answer(ServedCapability served, RolloutStatus? status) =>
        status is null ? StranglerProblem.NotFound.At($"{served.Manifest.Name} had no rollout yet.") : TypedResults.Json(status, CapabilityJson.Options);
}

/// <summary>The body of an order for a rollout.</summary>
/// <param name="By">Who asks, in 1 to 200 characters. Required.</param>
/// <param name="Origin">Where the order comes from, in at most 200 characters; null for the address of the connection.</param>
/// <param name="ExpectedEpoch">The epoch that the operator has seen; refused at another one. Null to take whatever there is.</param>
/// <param name="Reason">Why, in at most 500 characters; null if it speaks for itself.</param>
public sealed record RolloutRequest(string? By, string? Origin = null, long? ExpectedEpoch = null, string? Reason = null);
