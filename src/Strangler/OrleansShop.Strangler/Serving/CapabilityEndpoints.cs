using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Rollout;

namespace OrleansShop.Strangler.Serving;

/// <summary>The endpoints by which gateways follow and move the capabilities of a service.</summary>
public static class CapabilityEndpoints
{
    /// <summary>
    /// Maps, under <c>/strangler/{capability}</c>: GET (the status), GET <c>history</c>, POST <c>orders</c>, POST <c>place</c>, POST, GET and DELETE <c>verify</c>, GET and POST <c>rollout</c>, POST <c>rollout/stop</c>, and POST <c>figures</c>. When
    /// <c>Strangler:AdminKey</c> is configured, all of them ask for it in the header <c>X-Strangler-Key</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="capability">The name of a capability that was added with <see cref="CapabilityServices.AddCapability"/>.</param>
    public static RouteGroupBuilder MapCapability(this IEndpointRouteBuilder endpoints, string capability)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var served = endpoints.ServiceProvider.GetRequiredKeyedService<ServedCapability>(capability);
        var group = endpoints.MapGroup($"/strangler/{capability}").ExcludeFromDescription().RequireServiceKey(endpoints.ServiceProvider);
        group.MapGet("", async () => TypedResults.Json(await served.Grain.GetAsync(), CapabilityJson.Options));
        group.MapGet("/history", async () => TypedResults.Json(await served.Grain.GetHistoryAsync(), CapabilityJson.Options));
        group.MapOrders(served, endpoints.ServiceProvider);
        group.MapRollout(served);
        return group;
    }
}
