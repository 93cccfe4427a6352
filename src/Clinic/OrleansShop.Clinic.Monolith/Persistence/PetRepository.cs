using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Clinic.Monolith.Clinic;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>Rows of pets, joined with their types, with their visits beneath.</summary>
internal sealed class PetRepository(ClinicSession session)
{
    public Task<IReadOnlyList<Pet>> ListAllAsync() =>
        ListAsync("1 = 1", parameters: null);

    public Task<IReadOnlyList<Pet>> ListPageAsync(PageRequest page) => ListAsync(
        "id IN (SELECT id FROM pets ORDER BY id LIMIT @Size OFFSET @Offset)",
        page);

    public async Task<Pet?> FindAsync(int id) =>
        (await ListAsync("id = @id", new { id })).SingleOrDefault();

    /// <summary>The pets that meet a condition on columns of their table, in the order of their ids.</summary>
    public async Task<IReadOnlyList<Pet>> ListAsync(string condition, object? parameters)
    {
        var rows = await session.QueryAsync<PetRow>(
            $"""
             SELECT chosen.id AS Id, chosen.name AS Name, birth_date AS BirthDate, owner_id AS OwnerId, type_id AS TypeId, types.name AS TypeName
             FROM (SELECT id, name, birth_date, type_id, owner_id FROM pets WHERE {condition}) AS chosen
             JOIN types ON types.id = type_id
             ORDER BY chosen.id
             """,
            parameters);

        var theirs = await session.Visits.ListAsync($"pet_id IN (SELECT id FROM pets WHERE {condition})", parameters);
        var byPet = theirs.ToLookup(visit => visit.PetId);
        return [.. rows.Select(row => row.With([.. byPet[row.Id]]))];
    }

    public Task<long> CountAsync() =>
        session.ScalarAsync<long>("SELECT count(*) FROM pets", parameters: null);

    /// <summary>The owner of the pet, or null when there is no such pet.</summary>
    public Task<int?> FindOwnerAsync(int id) =>
        session.FindAsync<int?>("SELECT owner_id FROM pets WHERE id = @id", new { id });

    public Task<IReadOnlyList<int>> ListIdsOfTypeAsync(int typeId) =>
        session.QueryAsync<int>("SELECT id FROM pets WHERE type_id = @typeId ORDER BY id", new { typeId });

    public Task<int> InsertAsync(int ownerId, NewPet pet) => session.ScalarAsync<int>(
        "INSERT INTO pets (name, birth_date, type_id, owner_id) VALUES (@Name, @BirthDate, @TypeId, @ownerId) RETURNING id",
        new { pet.Name, pet.BirthDate, pet.TypeId, ownerId });

    public async Task<bool> UpdateAsync(int id, NewPet pet) => await session.ExecuteAsync(
        "UPDATE pets SET name = @Name, birth_date = @BirthDate, type_id = @TypeId WHERE id = @id",
        new { id, pet.Name, pet.BirthDate, pet.TypeId }) > 0;

    /// <summary>Deletes a pet with its visits. False when there is none.</summary>
    public async Task<bool> DeleteAsync(int id) =>
        await DeleteAsync("id = @key", id) > 0;

    /// <summary>Deletes the pets of an owner with their visits.</summary>
    public Task DeleteOfOwnerAsync(int ownerId) =>
        DeleteAsync("owner_id = @key", ownerId);

    private async Task<int> DeleteAsync(string condition, int key)
    {
        // Locked first, in one order, so that nobody adds a visit meanwhile and two deletes do not wait for each other.
        await session.QueryAsync<int>($"SELECT id FROM pets WHERE {condition} ORDER BY id{session.ForUpdate}", new { key });
        await session.ExecuteAsync($"DELETE FROM visits WHERE pet_id IN (SELECT id FROM pets WHERE {condition})", new { key });
        return await session.ExecuteAsync($"DELETE FROM pets WHERE {condition}", new { key });
    }

    private sealed class PetRow
    {
        public int Id { get; init; }

        public string Name { get; init; } = "";

        public DateOnly BirthDate { get; init; }

        public int OwnerId { get; init; }

        public int TypeId { get; init; }

        public string TypeName { get; init; } = "";

        public Pet With(IReadOnlyList<Visit> visits) => new(Name, BirthDate, new PetType(TypeName, TypeId), Id, OwnerId, visits);
    }
}
