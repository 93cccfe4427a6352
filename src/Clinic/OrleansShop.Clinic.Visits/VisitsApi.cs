using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Hosting.Answers;
using OrleansShop.Clinic.Hosting.Parents;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ids;
using OrleansShop.Strangler.Index;
using VisitFields = OrleansShop.Clinic.Contracts.Visits.VisitFields;

namespace OrleansShop.Clinic.Visits;

/// <summary>Visits. The pet of a visit is its parent, whether the path or the body names it: a missing one is 404 either way.</summary>
internal static class VisitsApi
{
    public static void MapVisits(this IEndpointRouteBuilder api)
    {
        var visits = api.MapGroup("").RequireAuthorization(Roles.OwnerAdmin);

        visits.MapGet("visits", ListAsync);
        visits.MapPost("visits", AddAsync);
        visits.MapGet("visits/{visitId}", GetAsync);
        visits.MapPut("visits/{visitId}", UpdateAsync);
        visits.MapDelete("visits/{visitId}", DeleteAsync);
        visits.MapPost("owners/{ownerId}/pets/{petId}/visits", AddOfOwnerAsync);
    }

    private static async Task ListAsync(HttpContext http, VisitRows rows) =>
        await JsonAnswer.OkAsync(http, await rows.FindAsync(new IndexQuery(VisitMapping.Kind), http.RequestAborted));

    private static async Task GetAsync(HttpContext http, IGrainFactory grains, string visitId)
    {
        var id = RequestParameters.PathId(nameof(visitId), visitId);
        await EntityAnswer.OkAsync(http, await grains.GetGrain<IVisitGrain>(id).GetAsync(http.RequestAborted), ContractWords.Visit, id);
    }

    private static async Task AddAsync(HttpContext http, IGrainFactory grains, EntityKind<VisitRecord> kind, IdAllocator ids)
    {
        var body = VisitBody.ReadWithPet(await RequestBody.ReadAsync(http));
        await CreateAsync(http, grains, kind, ids, body.PetId, new VisitFields(body.Date, body.Description));
    }

    private static async Task AddOfOwnerAsync(HttpContext http, IGrainFactory grains, EntityKind<VisitRecord> kind, IdAllocator ids, string ownerId, string petId)
    {
        var (owner, pet) = (RequestParameters.PathId(nameof(ownerId), ownerId), RequestParameters.PathId(nameof(petId), petId));
        var fields = await ReadFieldsAsync(http);
        await PetOfOwner.CheckAsync(grains, owner, pet, http.RequestAborted);
        await CreateAsync(http, grains, kind, ids, pet, fields);
    }

    private static async Task UpdateAsync(HttpContext http, IGrainFactory grains, string visitId)
    {
        var id = RequestParameters.PathId(nameof(visitId), visitId);
        var fields = await ReadFieldsAsync(http);
        EntityAnswer.NoContent(http, await grains.GetGrain<IVisitGrain>(id).UpdateAsync(fields), ContractWords.Visit, id);
    }

    private static async Task DeleteAsync(HttpContext http, IGrainFactory grains, string visitId)
    {
        var id = RequestParameters.PathId(nameof(visitId), visitId);
        EntityAnswer.NoContent(http, await grains.GetGrain<IVisitGrain>(id).DeleteAsync(), ContractWords.Visit, id);
    }

    private static async Task CreateAsync(HttpContext http, IGrainFactory grains, EntityKind<VisitRecord> kind, IdAllocator ids, int petId, VisitFields fields)
    {
        var id = await kind.NextIdAsync(ids, http.RequestAborted);
        var visit = await grains.GetGrain<IVisitGrain>(id).CreateAsync(petId, fields) ?? throw ProblemException.NotFound(ContractWords.Pet, petId);
        await JsonAnswer.CreatedAsync(http, $"visits/{visit.Id}", visit);
    }

    private static async Task<VisitFields> ReadFieldsAsync(HttpContext http)
    {
        var body = VisitBody.Read(await RequestBody.ReadAsync(http));
        return new VisitFields(body.Date, body.Description);
    }
}
