using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Monolith.Persistence;

namespace OrleansShop.Clinic.Monolith.Clinic;

/// <summary>
/// Pets. A missing owner or pet is 404. A pet type that does not exist is a fault of the body, 400: the path was right. Where both are wrong, the
/// path comes first.
/// </summary>
internal sealed class PetService(ClinicDatabase database)
{
    public Task<IReadOnlyList<Pet>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.Pets.ListAllAsync(), cancellationToken);

    public Task<PetPage> ListPageAsync(PageRequest page, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var total = await session.Pets.CountAsync();
            var content = await session.Pets.ListPageAsync(page);
            return new PetPage(content, page.Page, page.Size, total, page.PagesOf(total));
        },
        cancellationToken);

    public Task<Pet> GetAsync(int id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.Pets.FindAsync(id) ?? throw ProblemException.NotFound(ContractWords.Pet, id),
        cancellationToken);

    public Task<Pet> GetOfOwnerAsync(int ownerId, int id, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            await CheckOwnershipAsync(session, ownerId, id);
            return (await session.Pets.FindAsync(id))!;
        },
        cancellationToken);

    public Task<Pet> AddAsync(int ownerId, NewPet pet, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Owners.ExistsAsync(ownerId)) throw ProblemException.NotFound(ContractWords.Owner, ownerId);

            var type = await CheckTypeAsync(session, pet.TypeId);
            var id = await session.Pets.InsertAsync(ownerId, pet);
            return new Pet(pet.Name, pet.BirthDate, type, id, ownerId, Visits: []);
        },
        cancellationToken);

    public Task UpdateAsync(int id, NewPet pet, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (await session.Pets.FindOwnerAsync(id) is null) throw ProblemException.NotFound(ContractWords.Pet, id);

            await UpdateAsync(session, id, pet);
        },
        cancellationToken);

    public Task UpdateOfOwnerAsync(int ownerId, int id, NewPet pet, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await CheckOwnershipAsync(session, ownerId, id);
            await UpdateAsync(session, id, pet);
        },
        cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Pets.DeleteAsync(id)) throw ProblemException.NotFound(ContractWords.Pet, id);
        },
        cancellationToken);

    /// <summary>Ends the request unless the owner exists and the pet is the owner's.</summary>
    public static async Task CheckOwnershipAsync(ClinicSession session, int ownerId, int petId)
    {
        if (!await session.Owners.ExistsAsync(ownerId)) throw ProblemException.NotFound(ContractWords.Owner, ownerId);

        if (await session.Pets.FindOwnerAsync(petId) != ownerId)
        {
            throw new ProblemException(ProblemKind.NotFound, ContractTexts.PetOfOwnerNotFound(petId, ownerId));
        }
    }

    private static async Task UpdateAsync(ClinicSession session, int id, NewPet pet)
    {
        await CheckTypeAsync(session, pet.TypeId);

        // Somebody may have deleted the pet since it was looked up.
        if (!await session.Pets.UpdateAsync(id, pet)) throw ProblemException.NotFound(ContractWords.Pet, id);
    }

    private static async Task<PetType> CheckTypeAsync(ClinicSession session, int typeId) =>
        await session.Types.FindAsync(typeId)
        ?? throw ProblemException.Invalid(ContractTexts.AtPath("/type/id", ContractTexts.UnknownPetType));
}
