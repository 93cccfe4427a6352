using OrleansShop.Clinic.Contracts.Vets;
using OrleansShop.Clinic.Hosting.Answers;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ids;
using SpecialtyReference = OrleansShop.Clinic.Contracts.Vets.SpecialtyReference;
using VetFields = OrleansShop.Clinic.Contracts.Vets.VetFields;

namespace OrleansShop.Clinic.Vets;

/// <summary>Vets.</summary>
internal static class VetsApi
{
    public static void MapVets(this IEndpointRouteBuilder api)
    {
        var vets = api.MapGroup("").RequireAuthorization(Roles.VetAdmin);

        vets.MapGet("vets", ListAsync);
        vets.MapPost("vets", AddAsync);
        vets.MapGet("vets/{vetId}", GetAsync);
        vets.MapPut("vets/{vetId}", UpdateAsync);
        vets.MapDelete("vets/{vetId}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext http, VetRows rows) => await JsonAnswer.OkAsync(http, await rows.VetsAsync(http.RequestAborted));

    private static async Task GetAsync(HttpContext http, IGrainFactory grains, string vetId)
    {
        var id = RequestParameters.PathId(nameof(vetId), vetId);
        await EntityAnswer.OkAsync(http, await grains.GetGrain<IVetGrain>(id).GetAsync(http.RequestAborted), ContractWords.Vet, id);
    }

    private static async Task AddAsync(HttpContext http, IGrainFactory grains, EntityKind<VetRecord> kind, IdAllocator ids)
    {
        var fields = await ReadFieldsAsync(http);
        var id = await kind.NextIdAsync(ids, http.RequestAborted);
        var vet = VetOf(await grains.GetGrain<IVetGrain>(id).CreateAsync(fields), (int)id);
        await JsonAnswer.CreatedAsync(http, $"vets/{vet.Id}", vet);
    }

    private static async Task UpdateAsync(HttpContext http, IGrainFactory grains, string vetId)
    {
        var id = RequestParameters.PathId(nameof(vetId), vetId);
        var fields = await ReadFieldsAsync(http);
        VetOf(await grains.GetGrain<IVetGrain>(id).UpdateAsync(fields), id);
        JsonAnswer.NoContent(http);
    }

    private static async Task DeleteAsync(HttpContext http, IGrainFactory grains, string vetId)
    {
        var id = RequestParameters.PathId(nameof(vetId), vetId);
        EntityAnswer.NoContent(http, await grains.GetGrain<IVetGrain>(id).DeleteAsync(), ContractWords.Vet, id);
    }

    private static async Task<VetFields> ReadFieldsAsync(HttpContext http)
    {
        var body = VetBody.Read(await RequestBody.ReadAsync(http));
        return new VetFields(body.FirstName, body.LastName, [.. body.Specialties.Select(specialty => new SpecialtyReference(specialty.Id, specialty.Name))]);
    }

    /// <summary>The vet after a change that took effect. A specialty that does not exist is a fault of the body.</summary>
    private static Vet VetOf(VetChange change, int id)
    {
        if (!change.Found) throw ProblemException.NotFound(ContractWords.Vet, id);
        if (change.UnknownSpecialties.IsEmpty) return change.Vet!;

        throw ProblemException.Invalid([.. change.UnknownSpecialties.Select(place => ContractTexts.AtPath($"/specialties/{place}", ContractTexts.UnknownSpecialty))]);
    }
}
