using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Clinic.Monolith.Clinic;
using OrleansShop.Clinic.Monolith.Documentation;

namespace OrleansShop.Clinic.Monolith.Api;

/// <summary>Visits by themselves.</summary>
internal static class VisitsApi
{
    public static void MapVisits(this IEndpointRouteBuilder api)
    {
        var visits = api.MapGroup("").WithTags("visits").RequireAuthorization(Roles.OwnerAdmin);

        visits.MapGet("visits", ListAsync).Reads<Visit[]>("listVisits", "Lists vet visits");
        visits.MapPost("visits", AddAsync).Creates<VisitOfPet, Visit>("addVisit", "Adds a vet visit of a pet").Fails(404);
        visits.MapGet("visits/{visitId}", GetAsync).Reads<Visit>("getVisit", "Gets a visit by id").Fails(400, 404);
        visits.MapPut("visits/{visitId}", UpdateAsync).Changes<VisitFields>("updateVisit", "Updates a visit");
        visits.MapDelete("visits/{visitId}", DeleteAsync).Deletes("deleteVisit", "Deletes a visit");
    }

    private static async Task ListAsync(HttpContext http, VisitService visits) => await JsonAnswer.OkAsync(http, await visits.ListAsync(http.RequestAborted));

    private static async Task GetAsync(HttpContext http, VisitService visits, string visitId) =>
        await JsonAnswer.OkAsync(http, await visits.GetAsync(RequestParameters.PathId(nameof(visitId), visitId), http.RequestAborted));

    private static async Task AddAsync(HttpContext http, VisitService visits)
    {
        var fields = VisitBody.ReadWithPet(await RequestBody.ReadAsync(http));
        var visit = await visits.AddAsync(fields, http.RequestAborted);
        await JsonAnswer.CreatedAsync(http, $"visits/{visit.Id}", visit);
    }

    private static async Task UpdateAsync(HttpContext http, VisitService visits, string visitId)
    {
        var id = RequestParameters.PathId(nameof(visitId), visitId);
        var fields = VisitBody.Read(await RequestBody.ReadAsync(http));
        await visits.UpdateAsync(id, fields, http.RequestAborted);
        JsonAnswer.NoContent(http);
    }

    private static async Task DeleteAsync(HttpContext http, VisitService visits, string visitId)
    {
        await visits.DeleteAsync(RequestParameters.PathId(nameof(visitId), visitId), http.RequestAborted);
        JsonAnswer.NoContent(http);
    }
}
