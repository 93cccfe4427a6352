using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Monolith.Persistence;

namespace OrleansShop.Clinic.Monolith.Clinic;

/// <summary>Specialties. One that vets still have is not deleted; the answer names them.</summary>
internal sealed class SpecialtyService(ClinicDatabase database)
{
    public Task<IReadOnlyList<Specialty>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.Specialties.ListAsync(), cancellationToken);

    public Task<Specialty> GetAsync(int id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.Specialties.FindAsync(id) ?? throw ProblemException.NotFound(ContractWords.Specialty, id),
        cancellationToken);

    public Task<Specialty> AddAsync(string name, CancellationToken cancellationToken) => database.WriteAsync(
        async session => new Specialty(await session.Specialties.InsertAsync(name), name),
        cancellationToken);

    public Task UpdateAsync(int id, string name, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Specialties.UpdateAsync(id, name)) throw ProblemException.NotFound(ContractWords.Specialty, id);
        },
        cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Specialties.LockAsync(id)) throw ProblemException.NotFound(ContractWords.Specialty, id);

            var vetIds = await session.Vets.ListIdsWithSpecialtyAsync(id);
            if (vetIds.Count > 0) throw new ProblemException(ProblemKind.Conflict, ContractTexts.SpecialtyInUse(id, vetIds));

            await session.Specialties.DeleteAsync(id);
        },
        cancellationToken);
}
