using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Hosting.Answers;
using OrleansShop.Clinic.Hosting.Listing;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;

namespace OrleansShop.Clinic.Pets;

/// <summary>Pets by themselves.</summary>
internal static class PetsApi
{
    public static void MapPets(this IEndpointRouteBuilder api)
    {
        var pets = api.MapGroup("").RequireAuthorization(Roles.OwnerAdmin);

        pets.MapGet("pets", ListAsync);
        pets.MapGet("v2/pets", ListPageAsync);
        pets.MapGet("pets/{petId}", GetAsync);
        pets.MapPut("pets/{petId}", UpdateAsync);
        pets.MapDelete("pets/{petId}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext http, PetViews views)
    {
        var (pets, _) = await views.ListAsync(page: null, http.RequestAborted);
        await JsonAnswer.OkAsync(http, pets);
    }

    private static async Task ListPageAsync(HttpContext http, PetViews views)
    {
        var page = RequestParameters.Page(http.Request.Query);
        var (pets, total) = await views.ListAsync(page, http.RequestAborted);
        await JsonAnswer.OkAsync(http, PageAnswer<Pet>.Of(page, pets, total));
    }

    private static async Task GetAsync(HttpContext http, IGrainFactory grains, string petId)
    {
        var id = RequestParameters.PathId(nameof(petId), petId);
        await EntityAnswer.OkAsync(http, await grains.GetGrain<IPetGrain>(id).GetAsync(http.RequestAborted), ContractWords.Pet, id);
    }

    private static async Task UpdateAsync(HttpContext http, IGrainFactory grains, TimeProvider time, string petId)
    {
        var id = RequestParameters.PathId(nameof(petId), petId);
        var fields = await PetRequest.ReadAsync(http, time);
        PetRequest.ThrowUnlessDone(await grains.GetGrain<IPetGrain>(id).UpdateAsync(fields), id);
        JsonAnswer.NoContent(http);
    }

    private static async Task DeleteAsync(HttpContext http, IGrainFactory grains, string petId)
    {
        var id = RequestParameters.PathId(nameof(petId), petId);
        EntityAnswer.NoContent(http, await grains.GetGrain<IPetGrain>(id).DeleteAsync(), ContractWords.Pet, id);
    }
}
