using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Time;

namespace OrleansShop.Clinic.Pets;

/// <summary>What a client says of a pet, and what it is told when that cannot be.</summary>
internal static class PetRequest
{
    public static async Task<PetFields> ReadAsync(HttpContext http, TimeProvider time)
    {
        var body = PetBody.Read(await RequestBody.ReadAsync(http), time.Today());
        return new PetFields(body.Name, body.BirthDate, body.TypeId);
    }

    /// <summary>A pet type that does not exist is a fault of the body: the path was right.</summary>
    public static void ThrowUnlessDone(PetChange outcome, int id)
    {
        switch (outcome)
        {
            case PetChange.Done:
                return;
            case PetChange.NoSuchPet:
                throw ProblemException.NotFound(ContractWords.Pet, id);
            case PetChange.NoSuchType:
                throw ProblemException.Invalid(ContractTexts.AtPath("/type/id", ContractTexts.UnknownPetType));
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "A change of a pet cannot end so.");
        }
    }
}
