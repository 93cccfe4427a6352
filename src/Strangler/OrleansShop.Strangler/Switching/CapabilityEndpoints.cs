using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.Admission;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Switching;

/// <summary>The endpoints by which a gateway switches the capabilities of a service.</summary>
public static class CapabilityEndpoints
{
    private const int MaxByLength = 200;

    /// <summary>
    /// Maps, under <c>/strangler/{capability}</c>: GET (the status), GET <c>history</c>, POST <c>import</c>, POST <c>export</c>, POST <c>discard</c>, POST <c>orders</c>, POST <c>place</c>, and POST, GET and DELETE <c>verify</c>. When
    /// <c>Strangler:AdminKey</c> is configured, all of them ask for it in the header <c>X-Strangler-Key</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="capability">The name of a capability that was added with <see cref="CapabilityServices.AddCapability"/>.</param>
    public static RouteGroupBuilder MapCapability(this IEndpointRouteBuilder endpoints, string capability)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var served = endpoints.ServiceProvider.GetRequiredKeyedService<ServedCapability>(capability);
        var road = endpoints.ServiceProvider.GetRequiredKeyedService<CapabilitySwitch>(capability);

        var group = endpoints.MapGroup($"/strangler/{capability}").ExcludeFromDescription().RequireServiceKey(endpoints.ServiceProvider);
        group.MapGet("", async () => Answer(await served.Grain.GetAsync()));
        group.MapGet("/history", async () => TypedResults.Json(await served.Grain.GetHistoryAsync(), SwitchJson.Options));
        group.MapPost("/import", (SwitchRequest request, CancellationToken aborted) => SwitchAsync(road.ImportAsync, request, aborted));
        group.MapPost("/export", (SwitchRequest request, CancellationToken aborted) => SwitchAsync(road.ExportAsync, request, aborted));
        group.MapPost("/discard", (SwitchRequest request, CancellationToken aborted) => SwitchAsync(road.DiscardAsync, request, aborted));
        group.MapOrders(served, endpoints.ServiceProvider);
        return group;
    }

    private static async Task<IResult> SwitchAsync(
        Func<string, CancellationToken, Task<CapabilityStatus>> run, SwitchRequest request, CancellationToken aborted)
    {
        if (request.By is not { Length: >= 1 and <= MaxByLength })
        {
            return StranglerProblem.BadRequest.At($"The body must say in 'by' who asks, in 1 to {MaxByLength} characters.");
        }

        try
        {
            return Answer(await run(request.By, aborted));
        }
        catch (SwitchRefusedException refused)
        {
            return StranglerProblem.Conflict.At(refused.Message, refused.RetryAfter);
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

    private static JsonHttpResult<CapabilityStatus> Answer(CapabilityStatus status) => TypedResults.Json(status, SwitchJson.Options);
}
