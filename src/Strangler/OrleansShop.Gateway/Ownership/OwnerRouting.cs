using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Routing;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Gateway.Ownership;

/// <summary>
/// Finds the process of a service whose silo owns the entity in the path, so that the process that takes a request is the one that executes it. A hint and nothing more: any process of the
/// service answers the request as well, with one hop more.
/// </summary>
/// <remarks>
/// Who owns a grain comes from the cluster's view, which process has which silo from the processes' own health answers. The grain type of an entity has the name of its kind, and the grain's key
/// is the entity's id. Hot path: two dictionary reads, the ring's, and one comparison per process.
/// </remarks>
internal sealed class OwnerRouting(IGrainOwners owners, OwnerRoutingOptions options, GatewayMetrics metrics)
{
    /// <summary>Returns the index of the owner's process among the backend's; <see cref="Backend.NonePreferred"/> if it is not known, not ready, not looked for, or not needed because there is but one.</summary>
    public int Find(HttpRequest request, RouteAction action, Backend backend)
    {
        if (!options.Enabled || backend.Destinations.Length < 2 || action.Route is not { Kind: RouteKind.Entity, EntityParameter: { } parameter } || !TryReadId(request, parameter, action.Route.KeyType, out var id))
        {
            return Backend.NonePreferred;
        }

        if (owners.FindOwner(action.Route.Entity, action.Route.KeyType, id) is not { } owner)
        {
            metrics.OwnerSought(action.Route.Capability, "unknown");
            return Backend.NonePreferred;
        }

        for (var index = 0; index < backend.Destinations.Length; index++)
        {
            if (backend.Destinations[index] is { IsReady: true, Silo: { } silo } && silo.Equals(owner))
            {
                metrics.OwnerSought(action.Route.Capability, "owner");
                return index;
            }
        }

        metrics.OwnerSought(action.Route.Capability, "elsewhere");
        return Backend.NonePreferred;
    }

    // An id that is none gets its 400 from any process.
    private static bool TryReadId(HttpRequest request, string parameter, KeyType type, out EntityId id)
    {
        id = default;
        return request.RouteValues.TryGetValue(parameter, out var value) && value is string text && type.TryRead(text, out id);
    }
}
