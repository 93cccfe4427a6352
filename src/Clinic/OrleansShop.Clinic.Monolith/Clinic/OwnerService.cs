using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Monolith.Persistence;

namespace OrleansShop.Clinic.Monolith.Clinic;

/// <summary>Owners. Deleting one deletes its pets and their visits.</summary>
internal sealed class OwnerService(ClinicDatabase database)
{
    public Task<IReadOnlyList<Owner>> ListAsync(string? lastNameStart, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Owners.ListAsync(OwnerFilter.ByLastName(lastNameStart), page: null),
        cancellationToken);

    public Task<OwnerPage> ListPageAsync(string? lastNameStart, PageRequest page, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var filter = OwnerFilter.ByLastName(lastNameStart);
            var total = await session.Owners.CountAsync(filter);
            var content = await session.Owners.ListAsync(filter, page);
            return new OwnerPage(content, page.Page, page.Size, total, page.PagesOf(total));
        },
        cancellationToken);

    public Task<Owner> GetAsync(int id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await FindAsync(session, id) ?? throw ProblemException.NotFound(ContractWords.Owner, id),
        cancellationToken);

    public Task<Owner> AddAsync(OwnerFields fields, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var id = await session.Owners.InsertAsync(fields);
            return new Owner(fields.FirstName, fields.LastName, fields.Address, fields.City, fields.Telephone, id, Pets: []);
        },
        cancellationToken);

    public Task UpdateAsync(int id, OwnerFields fields, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Owners.UpdateAsync(id, fields)) throw ProblemException.NotFound(ContractWords.Owner, id);
        },
        cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.Owners.LockAsync(id)) throw ProblemException.NotFound(ContractWords.Owner, id);

            await session.Pets.DeleteOfOwnerAsync(id);
            await session.Owners.DeleteAsync(id);
        },
        cancellationToken);

    private static async Task<Owner?> FindAsync(ClinicSession session, int id) =>
        (await session.Owners.ListAsync(OwnerFilter.ById(id), page: null)).SingleOrDefault();
}
