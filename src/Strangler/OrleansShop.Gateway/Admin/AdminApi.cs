namespace OrleansShop.Gateway.Admin;

/// <summary>The admin API: how capabilities stand, moving them, what was ordered when and by whom, and streams. Its OpenAPI document is at <c>/admin/openapi.json</c>.</summary>
internal static class AdminApi
{
    public static void Map(WebApplication app)
    {
        app.MapOpenApi($"{AdminAccess.PathPrefix}/openapi.json");
        var admin = app.MapGroup(AdminAccess.PathPrefix).WithTags("admin");
        admin.MapGet("/capabilities", static async (CapabilityReport report, CancellationToken cancelled) => TypedResults.Ok(await report.MakeAsync(cancelled)))
            .WithSummary("Tells by what this gateway routes the requests of every capability, and which processes answer.");
        OrdersApi.Map(admin);
        StreamsApi.Map(admin);
    }
}
