using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Hosting.Answers;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ids;

namespace OrleansShop.Clinic.Pets;

/// <summary>Pet types. Whoever keeps owners may read them, whoever keeps vets may change them.</summary>
internal static class PetTypesApi
{
    public static void MapPetTypes(this IEndpointRouteBuilder api)
    {
        var readable = api.MapGroup("").RequireAuthorization(Roles.OwnerOrVetAdmin);
        var editable = api.MapGroup("").RequireAuthorization(Roles.VetAdmin);

        readable.MapGet("pettypes", ListAsync);
        readable.MapGet("pettypes/{petTypeId}", GetAsync);
        editable.MapPost("pettypes", AddAsync);
        editable.MapPut("pettypes/{petTypeId}", UpdateAsync);
        editable.MapDelete("pettypes/{petTypeId}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext http, PetRows rows) =>
        await JsonAnswer.OkAsync(http, (await rows.TypesAsync(http.RequestAborted)).Values);

    private static async Task GetAsync(HttpContext http, IGrainFactory grains, string petTypeId)
    {
        var id = RequestParameters.PathId(nameof(petTypeId), petTypeId);
        await EntityAnswer.OkAsync(http, await grains.GetGrain<IPetTypeGrain>(id).GetAsync(http.RequestAborted), ContractWords.PetType, id);
    }

    private static async Task AddAsync(HttpContext http, IGrainFactory grains, EntityKind<PetTypeRecord> kind, IdAllocator ids)
    {
        var name = NameBody.Read(await RequestBody.ReadAsync(http));
        var id = await kind.NextIdAsync(ids, http.RequestAborted);
        var type = await grains.GetGrain<IPetTypeGrain>(id).CreateAsync(name);
        await JsonAnswer.CreatedAsync(http, $"pettypes/{type.Id}", type);
    }

    private static async Task UpdateAsync(HttpContext http, IGrainFactory grains, string petTypeId)
    {
        var id = RequestParameters.PathId(nameof(petTypeId), petTypeId);
        var name = NameBody.Read(await RequestBody.ReadAsync(http));
        EntityAnswer.NoContent(http, await grains.GetGrain<IPetTypeGrain>(id).UpdateAsync(name), ContractWords.PetType, id);
    }

    private static async Task DeleteAsync(HttpContext http, IGrainFactory grains, string petTypeId)
    {
        var id = RequestParameters.PathId(nameof(petTypeId), petTypeId);
        EntityAnswer.NoContent(http, await grains.GetGrain<IPetTypeGrain>(id).DeleteAsync(), ContractWords.PetType, id, ContractTexts.PetTypeInUse);
    }
}
