using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Monolith.Persistence;

namespace OrleansShop.Clinic.Monolith.Clinic;

/// <summary>Pet types. One that pets still use is not deleted; the answer names them.</summary>
internal sealed class PetTypeService(ClinicDatabase database)
{
    public Task<IReadOnlyList<PetType>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.Types.ListAsync(), cancellationToken);

    public Task<PetType> GetAsync(int id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.Types.FindAsync(id) ?? throw ProblemException.NotFound(ContractWords.PetType, id),
        cancellationToken);

    public Task<PetType> AddAsync(string name, CancellationToken cancellationToken) => database.WriteAsync(
        async session => new PetType(name, await session.Types.InsertAsync(name)),
        cancellationToken);

    public Task UpdateAsync(int id, string name, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Types.UpdateAsync(id, name)) throw ProblemException.NotFound(ContractWords.PetType, id);
        },
        cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Types.LockAsync(id)) throw ProblemException.NotFound(ContractWords.PetType, id);

            var petIds = await session.Pets.ListIdsOfTypeAsync(id);
            if (petIds.Count > 0) throw new ProblemException(ProblemKind.Conflict, ContractTexts.PetTypeInUse(id, petIds));

            await session.Types.DeleteAsync(id);
        },
        cancellationToken);
}
