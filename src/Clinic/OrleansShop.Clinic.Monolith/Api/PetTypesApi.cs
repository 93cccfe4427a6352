using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Clinic.Monolith.Clinic;
using OrleansShop.Clinic.Monolith.Documentation;

namespace OrleansShop.Clinic.Monolith.Api;

/// <summary>Pet types. Whoever keeps owners may read them, whoever keeps vets may change them.</summary>
internal static class PetTypesApi
{
    public static void MapPetTypes(this IEndpointRouteBuilder api)
    {
        var readable = api.MapGroup("").WithTags("pettypes").RequireAuthorization(Roles.OwnerOrVetAdmin);
        var editable = api.MapGroup("").WithTags("pettypes").RequireAuthorization(Roles.VetAdmin);

        readable.MapGet("pettypes", ListAsync).Reads<PetType[]>("listPetTypes", "Lists pet types");
        readable.MapGet("pettypes/{petTypeId}", GetAsync).Reads<PetType>("getPetType", "Gets a pet type by id").Fails(400, 404);
        editable.MapPost("pettypes", AddAsync).Creates<PetTypeFields, PetType>("addPetType", "Creates a pet type");
        editable.MapPut("pettypes/{petTypeId}", UpdateAsync).Changes<PetTypeFields>("updatePetType", "Updates a pet type");
        editable.MapDelete("pettypes/{petTypeId}", DeleteAsync).Deletes("deletePetType", "Deletes a pet type that no pet uses").Fails(409);
    }

    private static async Task ListAsync(HttpContext http, PetTypeService types) => await JsonAnswer.OkAsync(http, await types.ListAsync(http.RequestAborted));

    private static async Task GetAsync(HttpContext http, PetTypeService types, string petTypeId) =>
        await JsonAnswer.OkAsync(http, await types.GetAsync(RequestParameters.PathId(nameof(petTypeId), petTypeId), http.RequestAborted));

    private static async Task AddAsync(HttpContext http, PetTypeService types)
    {
        var name = NameBody.Read(await RequestBody.ReadAsync(http));
        var type = await types.AddAsync(name, http.RequestAborted);
        await JsonAnswer.CreatedAsync(http, $"pettypes/{type.Id}", type);
    }

    private static async Task UpdateAsync(HttpContext http, PetTypeService types, string petTypeId)
    {
        var id = RequestParameters.PathId(nameof(petTypeId), petTypeId);
        var name = NameBody.Read(await RequestBody.ReadAsync(http));
        await types.UpdateAsync(id, name, http.RequestAborted);
        JsonAnswer.NoContent(http);
    }

    private static async Task DeleteAsync(HttpContext http, PetTypeService types, string petTypeId)
    {
        await types.DeleteAsync(RequestParameters.PathId(nameof(petTypeId), petTypeId), http.RequestAborted);
        JsonAnswer.NoContent(http);
    }
}
