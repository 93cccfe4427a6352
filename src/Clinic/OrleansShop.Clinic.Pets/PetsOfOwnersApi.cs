using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Hosting.Parents;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ids;

namespace OrleansShop.Clinic.Pets;

/// <summary>Pets below their owner. Where owner and body are both wrong, the owner comes first.</summary>
internal static class PetsOfOwnersApi
{
    public static void MapPetsOfOwners(this IEndpointRouteBuilder api)
    {
        var pets = api.MapGroup("").RequireAuthorization(Roles.OwnerAdmin);

        pets.MapPost("owners/{ownerId}/pets", AddAsync);
        pets.MapGet("owners/{ownerId}/pets/{petId}", GetAsync);
        pets.MapPut("owners/{ownerId}/pets/{petId}", UpdateAsync);
    }

    private static async Task AddAsync(HttpContext http, IGrainFactory grains, EntityKind<PetRecord> kind, IdAllocator ids, TimeProvider time, string ownerId)
    {
        var owner = RequestParameters.PathId(nameof(ownerId), ownerId);
        var fields = await PetRequest.ReadAsync(http, time);
        var id = await kind.NextIdAsync(ids, http.RequestAborted);
        var creation = await grains.GetGrain<IPetGrain>(id).CreateAsync(owner, fields);
        if (creation.Outcome == PetChange.NoSuchOwner) throw ProblemException.NotFound(ContractWords.Owner, owner);

        PetRequest.ThrowUnlessDone(creation.Outcome, (int)id);
        await JsonAnswer.CreatedAsync(http, $"pets/{creation.Pet!.Id}", creation.Pet);
    }

    private static async Task GetAsync(HttpContext http, IGrainFactory grains, string ownerId, string petId)
    {
        var (owner, id) = (RequestParameters.PathId(nameof(ownerId), ownerId), RequestParameters.PathId(nameof(petId), petId));
        await PetOfOwner.CheckAsync(grains, owner, id, http.RequestAborted);

        // Somebody may have deleted the pet since it was looked up.
        var pet = await grains.GetGrain<IPetGrain>(id).GetAsync(http.RequestAborted) ?? throw PetOfOwner.Missing(owner, id);
        await JsonAnswer.OkAsync(http, pet);
    }

    private static async Task UpdateAsync(HttpContext http, IGrainFactory grains, TimeProvider time, string ownerId, string petId)
    {
        var (owner, id) = (RequestParameters.PathId(nameof(ownerId), ownerId), RequestParameters.PathId(nameof(petId), petId));
        var fields = await PetRequest.ReadAsync(http, time);
        await PetOfOwner.CheckAsync(grains, owner, id, http.RequestAborted);
        PetRequest.ThrowUnlessDone(await grains.GetGrain<IPetGrain>(id).UpdateAsync(fields), id);
        JsonAnswer.NoContent(http);
    }
}
