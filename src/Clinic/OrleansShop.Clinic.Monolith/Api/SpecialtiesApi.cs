using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Clinic.Monolith.Clinic;
using OrleansShop.Clinic.Monolith.Documentation;

namespace OrleansShop.Clinic.Monolith.Api;

/// <summary>Specialties of vets.</summary>
internal static class SpecialtiesApi
{
    public static void MapSpecialties(this IEndpointRouteBuilder api)
    {
        var specialties = api.MapGroup("").WithTags("specialties").RequireAuthorization(Roles.VetAdmin);

        specialties.MapGet("specialties", ListAsync).Reads<Specialty[]>("listSpecialties", "Lists specialties");
        specialties.MapPost("specialties", AddAsync).Creates<SpecialtyFields, Specialty>("addSpecialty", "Creates a specialty");
        specialties.MapGet("specialties/{specialtyId}", GetAsync).Reads<Specialty>("getSpecialty", "Gets a specialty by id").Fails(400, 404);
        specialties.MapPut("specialties/{specialtyId}", UpdateAsync).Changes<SpecialtyFields>("updateSpecialty", "Updates a specialty");
        specialties.MapDelete("specialties/{specialtyId}", DeleteAsync).Deletes("deleteSpecialty", "Deletes a specialty that no vet has").Fails(409);
    }

    private static async Task ListAsync(HttpContext http, SpecialtyService specialties) =>
        await JsonAnswer.OkAsync(http, await specialties.ListAsync(http.RequestAborted));

    private static async Task GetAsync(HttpContext http, SpecialtyService specialties, string specialtyId) =>
        await JsonAnswer.OkAsync(http, await specialties.GetAsync(RequestParameters.PathId(nameof(specialtyId), specialtyId), http.RequestAborted));

    private static async Task AddAsync(HttpContext http, SpecialtyService specialties)
    {
        var name = NameBody.Read(await RequestBody.ReadAsync(http));
        var specialty = await specialties.AddAsync(name, http.RequestAborted);
        await JsonAnswer.CreatedAsync(http, $"specialties/{specialty.Id}", specialty);
    }

    private static async Task UpdateAsync(HttpContext http, SpecialtyService specialties, string specialtyId)
    {
        var id = RequestParameters.PathId(nameof(specialtyId), specialtyId);
        var name = NameBody.Read(await RequestBody.ReadAsync(http));
        await specialties.UpdateAsync(id, name, http.RequestAborted);
        JsonAnswer.NoContent(http);
    }

    private static async Task DeleteAsync(HttpContext http, SpecialtyService specialties, string specialtyId)
    {
        await specialties.DeleteAsync(RequestParameters.PathId(nameof(specialtyId), specialtyId), http.RequestAborted);
        JsonAnswer.NoContent(http);
    }
}
