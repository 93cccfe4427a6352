using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Hosting.Parents;

/// <summary>The parents in a path such as <c>/owners/1/pets/2</c>, each asked for where it lives.</summary>
internal static class PetOfOwner
{
    /// <summary>Ends the request unless the owner exists and the pet is the owner's. Both are asked at once; the owner's answer counts first.</summary>
    public static async Task CheckAsync(IGrainFactory grains, int ownerId, int petId, CancellationToken cancellationToken)
    {
        var ownerExists = grains.GetGrain<IOwnerGrain>(ownerId).ExistsAsync(cancellationToken);
        var ownerOfPet = grains.GetGrain<IPetGrain>(petId).GetOwnerAsync(cancellationToken);
        await Task.WhenAll(ownerExists, ownerOfPet);

        if (!await ownerExists) throw ProblemException.NotFound(ContractWords.Owner, ownerId);
        if (await ownerOfPet != ownerId) throw Missing(ownerId, petId);
    }

    public static ProblemException Missing(int ownerId, int petId) => new(ProblemKind.NotFound, ContractTexts.PetOfOwnerNotFound(petId, ownerId));
}
