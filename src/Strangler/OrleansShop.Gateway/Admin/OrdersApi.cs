using System.Text.Json;
using OrleansShop.Gateway.Mirroring;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Gateway.Admin;

/// <summary>The part of the admin API by which a capability's entities are moved one by one: orders, how it stands and gets on, what was ordered, and comparing both sides. What a service says is passed on as it says it.</summary>
internal static class OrdersApi
{
    public static void Map(RouteGroupBuilder admin)
    {
        var capability = admin.MapGroup("/capabilities/{name}");
        MapRead(capability.MapGet("", static (string name, CapabilityOrders orders, CancellationToken cancelled) => orders.ReadAsync(name, "", cancelled)), "Tells how a capability stands, and how the moving of its entities gets on.")
            .Produces<CapabilityStatus>();
        MapRead(capability.MapGet("/history", static (string name, CapabilityOrders orders, CancellationToken cancelled) => orders.ReadAsync(name, "/history", cancelled)), "Lists what was ordered, by whom, when and from where, the newest last.")
            .Produces<JsonElement>();
        MapRead(capability.MapGet("/verify", static (string name, CapabilityOrders orders, CancellationToken cancelled) => orders.ReadVerificationAsync(name, cancelled)), "Tells how the comparison of every entity on both sides gets on, or how it ended.")
            .Produces<JsonElement>();
        MapRead(capability.MapPost("/verify", static (string name, CapabilityOrders orders, CancellationToken cancelled) => orders.VerifyAsync(name, cancelled)), "Begins to compare every entity on both sides, while both go on.")
            .Produces<JsonElement>()
            .ProducesProblem(StatusCodes.Status409Conflict);
        MapRead(capability.MapGet("/diffs", static (string name, CapabilityOrders orders, ShadowMirror mirror) => TypedResults.Ok(mirror.Report(orders.Known(name)))), "Tells where the answers of both sides differed while the capability is in Shadow.");

        RolloutApi.Map(capability);
        MapOrder(capability, OrderKind.Shadow, "Has the grains keep copies of the capability's entities, and a sample of the reads answered by both sides and compared.");
        MapOrder(capability, OrderKind.Canary, "Gives the grains a share of the entities: 'percent', from 0 to 100.");
        MapOrder(capability, OrderKind.Promote, "Gives the grains all entities.");
        MapOrder(capability, OrderKind.Lists, "Has lists answered by the side in 'lists', Grains or Monolith.");
        MapOrder(capability, OrderKind.Rollback, "Gives everything back to the monolith.");
        MapOrder(capability, OrderKind.Pause, "Has sweeps stand still.");
        MapOrder(capability, OrderKind.Resume, "Has sweeps go on.");
        MapOrder(capability, OrderKind.Retire, "Leaves the monolith behind for good; 'confirmation' is the capability's name.");
    }

    private static void MapOrder(RouteGroupBuilder capability, OrderKind kind, string summary) =>
        capability.MapPost($"/{kind.ToString().ToLowerInvariant()}", (string name, OrderBody body, CapabilityOrders orders, HttpContext http, CancellationToken cancelled) =>
                orders.OrderAsync(name, body.Checked(kind, http.Connection.RemoteIpAddress?.ToString() ?? "unknown"), cancelled))
            .WithSummary(summary)
            .WithDescription("Answers 200 with how the capability stands now, also if it stood so already; 409 with what would be right if it is not to be done now, or if 'expectedEpoch' is not the epoch any more.")
            .Produces<CapabilityStatus>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    internal static RouteHandlerBuilder MapRead(RouteHandlerBuilder endpoint, string summary) => endpoint
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}

/// <summary>The body of an order.</summary>
/// <param name="By">Who asks, for the history; at most 200 characters. Default <c>unknown</c>.</param>
/// <param name="ExpectedEpoch">The epoch that the caller has seen; an order for another one is refused. Null to take whatever there is.</param>
/// <param name="Percent">With canary: the share that the grains are to own, from 0 to 100.</param>
/// <param name="Lists">With lists: <c>Grains</c> or <c>Monolith</c>.</param>
/// <param name="Confirmation">With retire: the capability's name.</param>
/// <param name="Reason">Why, for the history; at most 500 characters.</param>
internal sealed record OrderBody(string? By, long? ExpectedEpoch, int? Percent, string? Lists, string? Confirmation, string? Reason)
{
    internal const int MaxCharacters = 200;
    internal const int MaxReasonCharacters = 500;

    /// <summary>The order.</summary>
    /// <exception cref="ProblemException">Something about the body is wrong.</exception>
    public CapabilityOrder Checked(OrderKind kind, string origin) => new(
        kind,
        string.IsNullOrEmpty(By) ? "unknown" : Text("by", By, MaxCharacters)!,
        origin,
        CheckedPercent(kind),
        CheckedLists(kind),
        ExpectedEpoch is < 0 ? throw Invalid($"'expectedEpoch' is {ExpectedEpoch}; epochs begin at 0.") : ExpectedEpoch,
        Text("confirmation", Only(kind, OrderKind.Retire, "confirmation", Confirmation), MaxCharacters),
        Text("reason", Reason, MaxReasonCharacters));

    private int? CheckedPercent(OrderKind kind) => (kind, Percent) switch
    {
        (OrderKind.Canary, null) => throw Invalid("'percent' is missing; it must be a whole number from 0 to 100."),
        (OrderKind.Canary, < 0 or > 100) => throw Invalid($"'percent' is {Percent}; it must be a whole number from 0 to 100."),
        (not OrderKind.Canary, not null) => throw Invalid("'percent' belongs to canary alone."),
        _ => Percent,
    };

    private ListSide? CheckedLists(OrderKind kind) =>
        kind != OrderKind.Lists ? Only(kind, OrderKind.Lists, "lists", Lists) is null ? null : throw new InvalidOperationException("Only lets nothing through.")
        : Enum.GetValues<ListSide>().Cast<ListSide?>().FirstOrDefault(side => string.Equals(side.ToString(), Lists, StringComparison.OrdinalIgnoreCase))
            ?? throw Invalid($"'lists' is {(Lists is null ? "missing" : $"'{Lists}'")}; it must be {string.Join(" or ", Enum.GetNames<ListSide>())}.");

    private static string? Only(OrderKind kind, OrderKind owner, string name, string? value) =>
        kind == owner || value is null ? value : throw Invalid($"'{name}' belongs to {owner.ToString().ToLowerInvariant()} alone.");

    internal static string? Text(string name, string? value, int maxCharacters) =>
        value is null || (value.Length <= maxCharacters && !value.Any(char.IsControl)) ? value : throw Invalid($"'{name}' must be at most {maxCharacters} printable characters.");

    internal static ProblemException Invalid(string detail) => new(ProblemKinds.InvalidBody, detail);
}
