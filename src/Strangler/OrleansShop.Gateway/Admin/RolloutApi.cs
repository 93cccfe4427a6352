using OrleansShop.Strangler.Rollout;

namespace OrleansShop.Gateway.Admin;

/// <summary>The part of the admin API by which a capability is moved from step to step by itself.</summary>
internal static class RolloutApi
{
    public static void Map(RouteGroupBuilder capability)
    {
        OrdersApi.MapRead(capability.MapGet("/rollout", static (string name, CapabilityOrders orders, CancellationToken cancelled) => orders.ReadAsync(name, "/rollout", cancelled)),
                "Tells how the capability's rollout stands, or how the last one ended, with its decisions and the numbers that they were taken on.")
            .Produces<RolloutStatus>();
        MapOrder(capability, "/rollout", "Has the capability go from step to step by itself, as its manifest says, and back to the monolith when a limit is broken.");
        MapOrder(capability, "/rollout/stop", "Ends the rollout that runs. The capability stays where it is.");
    }

    private static void MapOrder(RouteGroupBuilder capability, string path, string summary) =>
        capability.MapPost(path, (string name, RolloutBody body, CapabilityOrders orders, HttpContext http, CancellationToken cancelled) =>
                orders.OrderRolloutAsync(name, path, body.Checked(http.Connection.RemoteIpAddress?.ToString() ?? "unknown"), cancelled))
            .WithSummary(summary)
            .WithDescription("Answers 200 with how the rollout stands; 409 with what would be right if it is not to be done now, or if 'expectedEpoch' is not the epoch any more.")
            .Produces<RolloutStatus>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}

/// <summary>The body of an order for a rollout.</summary>
/// <param name="By">Who asks, for the history; at most 200 characters. Default <c>unknown</c>.</param>
/// <param name="ExpectedEpoch">The epoch that the caller has seen; an order for another one is refused. Null to take whatever there is.</param>
/// <param name="Reason">Why, for the history; at most 500 characters.</param>
internal sealed record RolloutBody(string? By, long? ExpectedEpoch, string? Reason)
{
    /// <summary>The order.</summary>
    /// <exception cref="OrleansShop.ServiceDefaults.Problems.ProblemException">Something about the body is wrong.</exception>
    public RolloutRequest Checked(string origin) => new(
        string.IsNullOrEmpty(By) ? "unknown" : OrderBody.Text("by", By, OrderBody.MaxCharacters)!,
        origin,
        ExpectedEpoch is < 0 ? throw OrderBody.Invalid($"'expectedEpoch' is {ExpectedEpoch}; epochs begin at 0.") : ExpectedEpoch,
        OrderBody.Text("reason", Reason, OrderBody.MaxReasonCharacters));
}
