using Microsoft.AspNetCore.Http.HttpResults;
using OrleansShop.Strangler.Bridge.Access;
using OrleansShop.Strangler.Bridge.Diagnostics;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql;

namespace OrleansShop.Strangler.Bridge;

/// <summary>
/// The road of a call.
/// <code>
///  grain service
///    │  1 limits    the server counts headers and bytes                413, 431
///    │  2 key       the caller's key is the configured one             401
///    │  3 body      the JSON is what the operation takes               400
///    │  4 work      one transaction on the monolith's database         400, 409 refused; 503 unavailable
///    ▼
///  monolith's database
/// </code>
/// </summary>
internal static class BridgeEndpoints
{
    internal static void MapBridge(this WebApplication app)
    {
        app.UseMiddleware<BridgeKey>();
        var group = app.MapGroup("").ExcludeFromDescription();
        group.AddEndpointFilter<BridgeCallFilter>();

        group.MapPost(BridgeWire.ReadPath, static async (RowQuery query, IMonolithBridge bridge, CancellationToken aborted) =>
            Json(await bridge.ReadAsync(query, aborted)));

        group.MapPost(BridgeWire.ApplyPath, static async (ApplyRequest request, IMonolithBridge bridge, CancellationToken aborted) =>
        {
            await bridge.ApplyAsync(request.Changes ?? [], aborted);
            return TypedResults.NoContent();
        });

        group.MapPost(BridgeWire.AllocatePath, static async (AllocateRequest request, IMonolithBridge bridge, CancellationToken aborted) =>
            Json(new AllocateAnswer(await bridge.AllocateIdsAsync(request.Capability, request.Kind, request.Count, aborted))));

        group.MapPost(BridgeWire.UserPath, static async Task<Results<JsonHttpResult<MonolithUser>, NoContent>> (
                UserRequest request, IMonolithBridge bridge, CancellationToken aborted) =>
            await bridge.GetUserAsync(Named(request), aborted) is { } user ? Json(user) : TypedResults.NoContent());
        MapLedger(group);
    }

    private static void MapLedger(RouteGroupBuilder group)
    {
        group.MapPost(BridgeWire.AnnouncePath, static async (CapabilityAnnouncement announcement, IOwnershipLedger ledger, CancellationToken aborted) =>
        {
            await ledger.AnnounceAsync(announcement, aborted);
            return TypedResults.NoContent();
        });

        group.MapPost(BridgeWire.TakePath, static async (TakeRequest request, IOwnershipLedger ledger, CancellationToken aborted) =>
            Json(await ledger.TakeAsync(request, aborted)));

        group.MapPost(BridgeWire.TakeGroupPath, static async (TakeGroupRequest request, SqlMonolithBridge bridge, CancellationToken aborted) =>
            Json(new TakeGroupAnswer(await bridge.TakeAsync(request.Takes ?? [], aborted))));

        group.MapPost(BridgeWire.ReturnPath, static async (EntityChange last, IOwnershipLedger ledger, CancellationToken aborted) =>
            Json(new LedgerAnswer(await ledger.ReturnAsync(last, aborted))));

        group.MapPost(BridgeWire.FindPath, static async (FindRequest request, IOwnershipLedger ledger, CancellationToken aborted) =>
            Json(new LedgerAnswer(await ledger.FindAsync(request.Capability, request.Kind, request.Id, aborted))));

        group.MapPost(BridgeWire.ListPath, static async (LedgerQuery query, IOwnershipLedger ledger, CancellationToken aborted) =>
            Json(await ledger.ListAsync(query, aborted)));

        group.MapPost(BridgeWire.CountPath, static async (CountRequest request, IOwnershipLedger ledger, CancellationToken aborted) =>
            Json(await ledger.CountAsync(request.Capability, aborted)));

        group.MapPost(BridgeWire.ChangesPath, static async (ChangesRequest request, IOwnershipLedger ledger, CancellationToken aborted) =>
            Json(await ledger.ReadChangesAsync(request.Capability, request.After, request.Limit, aborted)));
    }

    private static JsonHttpResult<T> Json<T>(T answer) => TypedResults.Json(answer, BridgeWire.Json);

    private static string Named(UserRequest request) => string.IsNullOrEmpty(request.Username)
        ? throw new BridgeRefusedException(BridgeRefusal.Invalid, "The request names no user: username must be a text that is not empty.")
        : request.Username;
}
