using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Time;
using OrleansShop.Clinic.Monolith.Persistence;

namespace OrleansShop.Clinic.Monolith.Clinic;

/// <summary>Visits. The pet of a visit is its parent, whether the path or the body names it: a missing one is 404 either way.</summary>
internal sealed class VisitService(ClinicDatabase database, TimeProvider time)
{
    public Task<IReadOnlyList<Visit>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.Visits.ListAllAsync(), cancellationToken);

    public Task<Visit> GetAsync(int id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.Visits.FindAsync(id) ?? throw ProblemException.NotFound(ContractWords.Visit, id),
        cancellationToken);

    public Task<Visit> AddAsync(VisitOfPet visit, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (await session.Pets.FindOwnerAsync(visit.PetId) is null) throw ProblemException.NotFound(ContractWords.Pet, visit.PetId);

            return await AddAsync(session, visit.PetId, visit.Date, visit.Description);
        },
        cancellationToken);

    public Task<Visit> AddAsync(int ownerId, int petId, VisitFields visit, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await PetService.CheckOwnershipAsync(session, ownerId, petId);
            return await AddAsync(session, petId, visit.Date, visit.Description);
        },
        cancellationToken);

    public Task UpdateAsync(int id, VisitFields visit, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Visits.UpdateAsync(id, visit)) throw ProblemException.NotFound(ContractWords.Visit, id);
        },
        cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Visits.DeleteAsync(id)) throw ProblemException.NotFound(ContractWords.Visit, id);
        },
        cancellationToken);

    private async Task<Visit> AddAsync(ClinicSession session, int petId, DateOnly? date, string description)
    {
        var day = date ?? time.Today();
        return new Visit(day, description, await session.Visits.InsertAsync(petId, day, description), petId);
    }
}
