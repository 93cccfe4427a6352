using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Hosting.Answers;
using OrleansShop.Clinic.Hosting.Listing;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ids;
using OwnerFields = OrleansShop.Clinic.Contracts.Owners.OwnerFields;

namespace OrleansShop.Clinic.Owners;

/// <summary>Owners. What stands below one in the path, pets and visits, belongs to other services.</summary>
internal static class OwnersApi
{
    public static void MapOwners(this IEndpointRouteBuilder api)
    {
        var owners = api.MapGroup("").RequireAuthorization(Roles.OwnerAdmin);

        owners.MapGet("owners", ListAsync);
        owners.MapGet("v2/owners", ListPageAsync);
        owners.MapPost("owners", AddAsync);
        owners.MapGet("owners/{ownerId}", GetAsync);
        owners.MapPut("owners/{ownerId}", UpdateAsync);
        owners.MapDelete("owners/{ownerId}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext http, OwnerSearch search)
    {
        var (owners, _) = await search.FindAsync(RequestParameters.LastName(http.Request), page: null, http.RequestAborted);
        await JsonAnswer.OkAsync(http, owners);
    }

    private static async Task ListPageAsync(HttpContext http, OwnerSearch search)
    {
        var lastName = RequestParameters.LastName(http.Request);
        var page = RequestParameters.Page(http.Request.Query);
        var (owners, total) = await search.FindAsync(lastName, page, http.RequestAborted);
        await JsonAnswer.OkAsync(http, PageAnswer<Owner>.Of(page, owners, total));
    }

    private static async Task GetAsync(HttpContext http, IGrainFactory grains, string ownerId)
    {
        var id = RequestParameters.PathId(nameof(ownerId), ownerId);
        await EntityAnswer.OkAsync(http, await grains.GetGrain<IOwnerGrain>(id).GetAsync(http.RequestAborted), ContractWords.Owner, id);
    }

    private static async Task AddAsync(HttpContext http, IGrainFactory grains, EntityKind<OwnerFields> kind, IdAllocator ids)
    {
        var fields = await ReadFieldsAsync(http);
        var id = await kind.NextIdAsync(ids, http.RequestAborted);
        var owner = await grains.GetGrain<IOwnerGrain>(id).CreateAsync(fields);
        await JsonAnswer.CreatedAsync(http, $"owners/{owner.Id}", owner);
    }

    private static async Task UpdateAsync(HttpContext http, IGrainFactory grains, string ownerId)
    {
        var id = RequestParameters.PathId(nameof(ownerId), ownerId);
        var fields = await ReadFieldsAsync(http);
        EntityAnswer.NoContent(http, await grains.GetGrain<IOwnerGrain>(id).UpdateAsync(fields), ContractWords.Owner, id);
    }

    private static async Task DeleteAsync(HttpContext http, IGrainFactory grains, string ownerId)
    {
        var id = RequestParameters.PathId(nameof(ownerId), ownerId);
        EntityAnswer.NoContent(http, await grains.GetGrain<IOwnerGrain>(id).DeleteAsync(), ContractWords.Owner, id);
    }

    private static async Task<OwnerFields> ReadFieldsAsync(HttpContext http)
    {
        var body = OwnerBody.Read(await RequestBody.ReadAsync(http));
        return new OwnerFields(body.FirstName, body.LastName, body.Address, body.City, body.Telephone);
    }
}
