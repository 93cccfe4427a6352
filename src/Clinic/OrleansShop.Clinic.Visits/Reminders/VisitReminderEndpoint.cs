using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>Tells the people who run the service how far a reminder has come. Beside the API: no gateway routes to it.</summary>
internal static class VisitReminderEndpoint
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static void MapVisitReminders(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("visit-reminders/{visitId:int}", GetAsync);

    private static async Task<IResult> GetAsync(IGrainFactory grains, int visitId) =>
        await grains.GetGrain<IVisitReminderGrain>(visitId).GetAsync() is { } report ? Results.Json(report, Json) : Results.NotFound();
}
