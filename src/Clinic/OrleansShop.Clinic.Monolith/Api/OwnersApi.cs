using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Clinic.Http.Time;
using OrleansShop.Clinic.Monolith.Clinic;
using OrleansShop.Clinic.Monolith.Documentation;

namespace OrleansShop.Clinic.Monolith.Api;

/// <summary>Owners, and pets and visits below their owner.</summary>
internal static class OwnersApi
{
    public static void MapOwners(this IEndpointRouteBuilder api)
    {
        var owners = api.MapGroup("").WithTags("owners").RequireAuthorization(Roles.OwnerAdmin);

        owners.MapGet("owners", ListAsync).Reads<Owner[]>("listOwners", "Lists pet owners").Takes(QueryParameter.LastName);
        owners.MapGet("v2/owners", ListPageAsync).Reads<OwnerPage>("listOwnersPage", "Lists pet owners with pagination").Takes(QueryParameter.LastName, QueryParameter.Page, QueryParameter.Size).Fails(400);
        owners.MapPost("owners", AddAsync).Creates<OwnerFields, Owner>("addOwner", "Adds a pet owner");
        owners.MapGet("owners/{ownerId}", GetAsync).Reads<Owner>("getOwner", "Gets a pet owner by id").Fails(400, 404);
        owners.MapPut("owners/{ownerId}", UpdateAsync).Changes<OwnerFields>("updateOwner", "Updates a pet owner");
        owners.MapDelete("owners/{ownerId}", DeleteAsync).Deletes("deleteOwner", "Deletes an owner with its pets and their visits");

        owners.MapPost("owners/{ownerId}/pets", AddPetAsync).Creates<PetFields, Pet>("addPetToOwner", "Adds a pet to an owner").Fails(404);
        owners.MapGet("owners/{ownerId}/pets/{petId}", GetPetAsync).Reads<Pet>("getOwnersPet", "Gets a pet of an owner by id").Fails(400, 404);
        owners.MapPut("owners/{ownerId}/pets/{petId}", UpdatePetAsync).Changes<PetFields>("updateOwnersPet", "Updates a pet of an owner");
        owners.MapPost("owners/{ownerId}/pets/{petId}/visits", AddVisitAsync).Creates<VisitFields, Visit>("addVisitToOwner", "Adds a vet visit").Fails(404);
    }

    private static async Task ListAsync(HttpContext http, OwnerService owners) =>
        await JsonAnswer.OkAsync(http, await owners.ListAsync(RequestParameters.LastName(http.Request), http.RequestAborted));

    private static async Task ListPageAsync(HttpContext http, OwnerService owners)
    {
        var lastName = RequestParameters.LastName(http.Request);
        var page = RequestParameters.Page(http.Request.Query);
        await JsonAnswer.OkAsync(http, await owners.ListPageAsync(lastName, page, http.RequestAborted));
    }

    private static async Task GetAsync(HttpContext http, OwnerService owners, string ownerId) =>
        await JsonAnswer.OkAsync(http, await owners.GetAsync(RequestParameters.PathId(nameof(ownerId), ownerId), http.RequestAborted));

    private static async Task AddAsync(HttpContext http, OwnerService owners)
    {
        var fields = OwnerBody.Read(await RequestBody.ReadAsync(http));
        var owner = await owners.AddAsync(fields, http.RequestAborted);
        await JsonAnswer.CreatedAsync(http, $"owners/{owner.Id}", owner);
    }

    private static async Task UpdateAsync(HttpContext http, OwnerService owners, string ownerId)
    {
        var id = RequestParameters.PathId(nameof(ownerId), ownerId);
        var fields = OwnerBody.Read(await RequestBody.ReadAsync(http));
        await owners.UpdateAsync(id, fields, http.RequestAborted);
        JsonAnswer.NoContent(http);
    }

    private static async Task DeleteAsync(HttpContext http, OwnerService owners, string ownerId)
    {
        await owners.DeleteAsync(RequestParameters.PathId(nameof(ownerId), ownerId), http.RequestAborted);
        JsonAnswer.NoContent(http);
    }

    private static async Task AddPetAsync(HttpContext http, PetService pets, TimeProvider time, string ownerId)
    {
        var owner = RequestParameters.PathId(nameof(ownerId), ownerId);
        var fields = PetBody.Read(await RequestBody.ReadAsync(http), time.Today());
        var pet = await pets.AddAsync(owner, fields, http.RequestAborted);
        await JsonAnswer.CreatedAsync(http, $"pets/{pet.Id}", pet);
    }

    private static async Task GetPetAsync(HttpContext http, PetService pets, string ownerId, string petId)
    {
        var (owner, pet) = (RequestParameters.PathId(nameof(ownerId), ownerId), RequestParameters.PathId(nameof(petId), petId));
        await JsonAnswer.OkAsync(http, await pets.GetOfOwnerAsync(owner, pet, http.RequestAborted));
    }

    private static async Task UpdatePetAsync(HttpContext http, PetService pets, TimeProvider time, string ownerId, string petId)
    {
        var (owner, pet) = (RequestParameters.PathId(nameof(ownerId), ownerId), RequestParameters.PathId(nameof(petId), petId));
        var fields = PetBody.Read(await RequestBody.ReadAsync(http), time.Today());
        await pets.UpdateOfOwnerAsync(owner, pet, fields, http.RequestAborted);
        JsonAnswer.NoContent(http);
    }

    private static async Task AddVisitAsync(HttpContext http, VisitService visits, string ownerId, string petId)
    {
        var (owner, pet) = (RequestParameters.PathId(nameof(ownerId), ownerId), RequestParameters.PathId(nameof(petId), petId));
        var fields = VisitBody.Read(await RequestBody.ReadAsync(http));
        var visit = await visits.AddAsync(owner, pet, fields, http.RequestAborted);
        await JsonAnswer.CreatedAsync(http, $"visits/{visit.Id}", visit);
    }
}
