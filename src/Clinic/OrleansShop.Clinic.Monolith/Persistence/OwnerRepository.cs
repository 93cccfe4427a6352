using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Monolith.Clinic;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>Rows of owners. Pets come from <see cref="PetRepository"/>.</summary>
internal sealed class OwnerRepository(ClinicSession session)
{
    public async Task<IReadOnlyList<Owner>> ListAsync(OwnerFilter filter, PageRequest? page)
    {
        var selection = $"SELECT id FROM owners WHERE {filter.Condition} ORDER BY id";
        if (page is not null)
        {
            selection += " LIMIT @size OFFSET @offset";
            filter.Parameters.Add("size", page.Size);
            filter.Parameters.Add("offset", page.Offset);
        }

        var rows = await session.QueryAsync<OwnerRow>(
            $"""
             SELECT id AS Id, first_name AS FirstName, last_name AS LastName, address AS Address, city AS City, telephone AS Telephone
             FROM owners WHERE id IN ({selection}) ORDER BY id
             """,
            filter.Parameters);

        var theirs = await session.Pets.ListAsync($"owner_id IN ({selection})", filter.Parameters);
        var byOwner = theirs.ToLookup(pet => pet.OwnerId);
        return [.. rows.Select(row => row.With([.. byOwner[row.Id]]))];
    }

    public Task<long> CountAsync(OwnerFilter filter) =>
        session.ScalarAsync<long>($"SELECT count(*) FROM owners WHERE {filter.Condition}", filter.Parameters);

    public async Task<bool> ExistsAsync(int id) =>
        await session.FindAsync<int?>("SELECT id FROM owners WHERE id = @id", new { id }) is not null;

    /// <summary>False when there is none. Until the transaction ends nobody else can change the owner or give it a pet.</summary>
    public async Task<bool> LockAsync(int id) =>
        await session.FindAsync<int?>($"SELECT id FROM owners WHERE id = @id{session.ForUpdate}", new { id }) is not null;

    public Task<int> InsertAsync(OwnerFields owner) => session.ScalarAsync<int>(
        """
        INSERT INTO owners (first_name, last_name, address, city, telephone)
        VALUES (@FirstName, @LastName, @Address, @City, @Telephone) RETURNING id
        """,
        owner);

    public async Task<bool> UpdateAsync(int id, OwnerFields owner) => await session.ExecuteAsync(
        """
        UPDATE owners SET first_name = @FirstName, last_name = @LastName, address = @Address, city = @City, telephone = @Telephone
        WHERE id = @id
        """,
        new { id, owner.FirstName, owner.LastName, owner.Address, owner.City, owner.Telephone }) > 0;

    public Task DeleteAsync(int id) =>
        session.ExecuteAsync("DELETE FROM owners WHERE id = @id", new { id });

    private sealed class OwnerRow
    {
        public int Id { get; init; }

        public string FirstName { get; init; } = "";

        public string LastName { get; init; } = "";

        public string Address { get; init; } = "";

        public string City { get; init; } = "";

        public string Telephone { get; init; } = "";

        public Owner With(IReadOnlyList<Pet> pets) => new(FirstName, LastName, Address, City, Telephone, Id, pets);
    }
}
