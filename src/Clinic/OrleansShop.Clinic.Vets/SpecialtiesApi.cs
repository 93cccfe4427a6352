using OrleansShop.Clinic.Contracts.Vets;
using OrleansShop.Clinic.Hosting.Answers;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ids;

namespace OrleansShop.Clinic.Vets;

/// <summary>Specialties of vets.</summary>
internal static class SpecialtiesApi
{
    public static void MapSpecialties(this IEndpointRouteBuilder api)
    {
        var specialties = api.MapGroup("").RequireAuthorization(Roles.VetAdmin);

        specialties.MapGet("specialties", ListAsync);
        specialties.MapPost("specialties", AddAsync);
        specialties.MapGet("specialties/{specialtyId}", GetAsync);
        specialties.MapPut("specialties/{specialtyId}", UpdateAsync);
        specialties.MapDelete("specialties/{specialtyId}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext http, VetRows rows) => await JsonAnswer.OkAsync(http, await rows.SpecialtiesAsync(http.RequestAborted));

    private static async Task GetAsync(HttpContext http, IGrainFactory grains, string specialtyId)
    {
        var id = RequestParameters.PathId(nameof(specialtyId), specialtyId);
        await EntityAnswer.OkAsync(http, await grains.GetGrain<ISpecialtyGrain>(id).GetAsync(http.RequestAborted), ContractWords.Specialty, id);
    }

    private static async Task AddAsync(HttpContext http, IGrainFactory grains, EntityKind<SpecialtyRecord> kind, IdAllocator ids)
    {
        var name = NameBody.Read(await RequestBody.ReadAsync(http));
        var id = await kind.NextIdAsync(ids, http.RequestAborted);
        var specialty = await grains.GetGrain<ISpecialtyGrain>(id).CreateAsync(name);
        await JsonAnswer.CreatedAsync(http, $"specialties/{specialty.Id}", specialty);
    }

    private static async Task UpdateAsync(HttpContext http, IGrainFactory grains, string specialtyId)
    {
        var id = RequestParameters.PathId(nameof(specialtyId), specialtyId);
        var name = NameBody.Read(await RequestBody.ReadAsync(http));
        EntityAnswer.NoContent(http, await grains.GetGrain<ISpecialtyGrain>(id).UpdateAsync(name), ContractWords.Specialty, id);
    }

    private static async Task DeleteAsync(HttpContext http, IGrainFactory grains, string specialtyId)
    {
        var id = RequestParameters.PathId(nameof(specialtyId), specialtyId);
        EntityAnswer.NoContent(http, await grains.GetGrain<ISpecialtyGrain>(id).DeleteAsync(), ContractWords.Specialty, id, ContractTexts.SpecialtyInUse);
    }
}
