using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.Admission;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.Moving;

/// <summary>The endpoints by which a gateway and operators move a capability by orders.</summary>
internal static class OrderEndpoints
{
    private const int MaxId = 200;

    internal static void MapOrders(this RouteGroupBuilder group, ServedCapability served, IServiceProvider services)
    {
        var moves = services.GetRequiredKeyedService<CapabilityMoves>(served.Manifest.Name);
        var verification = services.GetRequiredKeyedService<Verification>(served.Manifest.Name);
        group.MapPost("/orders", (OrderRequest request, HttpContext http) => OrderAsync(served, request, http));
        group.MapPost("/place", (PlaceRequest request) => PlaceAsync(served, moves, request));
        group.MapPost("/verify", () => StartAsync(served, verification));
        group.MapGet("/verify", () => Report(verification.Report));
        group.MapDelete("/verify", async () => Report(await verification.CancelAsync()));
    }

    private static async Task<IResult> OrderAsync(ServedCapability served, OrderRequest request, HttpContext http)
    {
        if (request.Kind is not { } kind) return StranglerProblem.BadRequest.At($"The body must name in 'kind' one of {string.Join(", ", Enum.GetNames<OrderKind>())}.");

        var order = new CapabilityOrder(
            kind, request.By ?? "", request.Origin ?? http.Connection.RemoteIpAddress?.ToString() ?? "unknown", request.Percent, request.Lists, request.ExpectedEpoch, request.Confirmation, request.Reason);
        if (OrderLimits.FaultOf(order) is { } fault) return StranglerProblem.BadRequest.At(fault);

        var answer = await served.Grain.OrderAsync(order);
        return answer.Result switch
        {
            OrderResult.Accepted or OrderResult.Unchanged => TypedResults.Json(answer.Status, CapabilityJson.Options),
            OrderResult.Refused => StranglerProblem.Conflict.At(answer.Detail!, answer.RetryAfter),
            OrderResult.Unavailable => StranglerProblem.Unavailable.At(answer.Detail!, answer.RetryAfter),
            _ => throw new InvalidOperationException($"This version does not know the result {answer.Result}."),
        };
    }

    private static async Task<IResult> PlaceAsync(ServedCapability served, CapabilityMoves moves, PlaceRequest request)
    {
        var manifest = served.Manifest;
        if (request.Kind is not { } kind || manifest.FindEntity(kind) is null)
        {
            return StranglerProblem.BadRequest.At($"'kind' must be one of {string.Join(", ", manifest.Entities.Select(static entity => entity.Kind))}.");
        }

        if (request.Id is not { Length: >= 1 and <= MaxId } id) return StranglerProblem.BadRequest.At($"'id' must be the id of an entity, in 1 to {MaxId} characters.");

        try
        {
            return TypedResults.Json(new PlaceAnswer(await moves.Entities.PlaceAsync(kind, id, capabilityEpoch: null)), CapabilityJson.Options);
        }
        catch (Exception notAnId) when (notAnId is FormatException or OverflowException)
        {
            return StranglerProblem.BadRequest.At($"'{id}' is no id of the kind {kind}: {notAnId.Message}");
        }
        catch (BridgeUnavailableException unavailable)
        {
            return StranglerProblem.Unavailable.At(unavailable.Message, unavailable.RetryAfter);
        }
        catch (BridgeRefusedException refused)
        {
            return StranglerProblem.Conflict.At(refused.Message);
        }
    }

    private static async Task<IResult> StartAsync(ServedCapability served, Verification verification)
    {
        var status = await served.Grain.GetAsync();
        if (!status.HasLedger)
        {
            return StranglerProblem.Conflict.At($"{served.Manifest.Name} is in the phase {status.Phase} and has no ledger, so that there are no two sides to compare.");
        }

        if (status.Phase == CapabilityPhase.Retired)
        {
            return StranglerProblem.Conflict.At($"{served.Manifest.Name} is retired: the monolith's rows are old, so that there is nothing to compare the grains with.");
        }

        return verification.Start()
            ? Report(verification.Report)
            : StranglerProblem.Conflict.At($"{served.Manifest.Name} is being compared already: wait until that has ended, or end it (DELETE).");
    }

    private static IResult Report(VerifyReport? report) =>
        report is null ? StranglerProblem.NotFound.At("This process has not compared the capability yet.") : TypedResults.Json(report, CapabilityJson.Options);
}
