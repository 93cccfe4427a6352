using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Clinic.Monolith.Clinic;
using OrleansShop.Clinic.Monolith.Documentation;

namespace OrleansShop.Clinic.Monolith.Api;

/// <summary>Vets.</summary>
internal static class VetsApi
{
    public static void MapVets(this IEndpointRouteBuilder api)
    {
        var vets = api.MapGroup("").WithTags("vets").RequireAuthorization(Roles.VetAdmin);

        vets.MapGet("vets", ListAsync).Reads<Vet[]>("listVets", "Lists vets");
        vets.MapPost("vets", AddAsync).Creates<VetFields, Vet>("addVet", "Creates a vet");
        vets.MapGet("vets/{vetId}", GetAsync).Reads<Vet>("getVet", "Gets a vet by id").Fails(400, 404);
        vets.MapPut("vets/{vetId}", UpdateAsync).Changes<VetFields>("updateVet", "Updates a vet");
        vets.MapDelete("vets/{vetId}", DeleteAsync).Deletes("deleteVet", "Deletes a vet");
    }

    private static async Task ListAsync(HttpContext http, VetService vets) => await JsonAnswer.OkAsync(http, await vets.ListAsync(http.RequestAborted));

    private static async Task GetAsync(HttpContext http, VetService vets, string vetId) =>
        await JsonAnswer.OkAsync(http, await vets.GetAsync(RequestParameters.PathId(nameof(vetId), vetId), http.RequestAborted));

    private static async Task AddAsync(HttpContext http, VetService vets)
    {
        var fields = VetBody.Read(await RequestBody.ReadAsync(http));
        var vet = await vets.AddAsync(fields, http.RequestAborted);
        await JsonAnswer.CreatedAsync(http, $"vets/{vet.Id}", vet);
    }

    private static async Task UpdateAsync(HttpContext http, VetService vets, string vetId)
    {
        var id = RequestParameters.PathId(nameof(vetId), vetId);
        var fields = VetBody.Read(await RequestBody.ReadAsync(http));
        await vets.UpdateAsync(id, fields, http.RequestAborted);
        JsonAnswer.NoContent(http);
    }

    private static async Task DeleteAsync(HttpContext http, VetService vets, string vetId)
    {
        await vets.DeleteAsync(RequestParameters.PathId(nameof(vetId), vetId), http.RequestAborted);
        JsonAnswer.NoContent(http);
    }
}
