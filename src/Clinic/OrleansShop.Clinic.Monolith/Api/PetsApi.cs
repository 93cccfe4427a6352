using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Clinic.Http.Time;
using OrleansShop.Clinic.Monolith.Clinic;
using OrleansShop.Clinic.Monolith.Documentation;

namespace OrleansShop.Clinic.Monolith.Api;

/// <summary>Pets by themselves.</summary>
internal static class PetsApi
{
    public static void MapPets(this IEndpointRouteBuilder api)
    {
        var pets = api.MapGroup("").WithTags("pets").RequireAuthorization(Roles.OwnerAdmin);

        pets.MapGet("pets", ListAsync).Reads<Pet[]>("listPets", "Lists pets");
        pets.MapGet("v2/pets", ListPageAsync).Reads<PetPage>("listPetsPage", "Lists pets with pagination").Takes(QueryParameter.Page, QueryParameter.Size).Fails(400);
        pets.MapGet("pets/{petId}", GetAsync).Reads<Pet>("getPet", "Gets a pet by id").Fails(400, 404);
        pets.MapPut("pets/{petId}", UpdateAsync).Changes<PetFields>("updatePet", "Updates a pet");
        pets.MapDelete("pets/{petId}", DeleteAsync).Deletes("deletePet", "Deletes a pet with its visits");
    }

    private static async Task ListAsync(HttpContext http, PetService pets) => await JsonAnswer.OkAsync(http, await pets.ListAsync(http.RequestAborted));

    private static async Task ListPageAsync(HttpContext http, PetService pets) =>
        await JsonAnswer.OkAsync(http, await pets.ListPageAsync(RequestParameters.Page(http.Request.Query), http.RequestAborted));

    private static async Task GetAsync(HttpContext http, PetService pets, string petId) =>
        await JsonAnswer.OkAsync(http, await pets.GetAsync(RequestParameters.PathId(nameof(petId), petId), http.RequestAborted));

    private static async Task UpdateAsync(HttpContext http, PetService pets, TimeProvider time, string petId)
    {
        var id = RequestParameters.PathId(nameof(petId), petId);
        var fields = PetBody.Read(await RequestBody.ReadAsync(http), time.Today());
        await pets.UpdateAsync(id, fields, http.RequestAborted);
        JsonAnswer.NoContent(http);
    }

    private static async Task DeleteAsync(HttpContext http, PetService pets, string petId)
    {
        await pets.DeleteAsync(RequestParameters.PathId(nameof(petId), petId), http.RequestAborted);
        JsonAnswer.NoContent(http);
    }
}
