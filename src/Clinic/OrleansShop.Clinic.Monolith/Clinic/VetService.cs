using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Monolith.Persistence;

namespace OrleansShop.Clinic.Monolith.Clinic;

/// <summary>Vets. A specialty that does not exist is a fault of the body, 400; naming one twice is naming it once.</summary>
internal sealed class VetService(ClinicDatabase database)
{
    public Task<IReadOnlyList<Vet>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.Vets.ListAllAsync(), cancellationToken);

    public Task<Vet> GetAsync(int id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.Vets.FindAsync(id) ?? throw ProblemException.NotFound(ContractWords.Vet, id),
        cancellationToken);

    public Task<Vet> AddAsync(VetFields fields, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var specialtyIds = await ResolveAsync(session, fields.Specialties);
            var id = await session.Vets.InsertAsync(fields, specialtyIds);
            return (await session.Vets.FindAsync(id))!;
        },
        cancellationToken);

    public Task UpdateAsync(int id, VetFields fields, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Vets.LockAsync(id)) throw ProblemException.NotFound(ContractWords.Vet, id);

            await session.Vets.UpdateAsync(id, fields, await ResolveAsync(session, fields.Specialties));
        },
        cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Vets.LockAsync(id)) throw ProblemException.NotFound(ContractWords.Vet, id);

            await session.Vets.DeleteAsync(id);
        },
        cancellationToken);

    private static async Task<IReadOnlyList<int>> ResolveAsync(ClinicSession session, IReadOnlyList<SpecialtyReference> references)
    {
        var ids = new SortedSet<int>();
        var faults = new List<string>();
        foreach (var (reference, index) in references.Select((reference, index) => (reference, index)))
        {
            if (await session.Specialties.FindIdAsync(reference) is { } id) ids.Add(id);
            else faults.Add(ContractTexts.AtPath($"/specialties/{index}", ContractTexts.UnknownSpecialty));
        }

        return faults.Count == 0 ? [.. ids] : throw ProblemException.Invalid(faults);
    }
}
