using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Monolith.Clinic;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>Rows of vets and of the specialties that they have.</summary>
internal sealed class VetRepository(ClinicSession session)
{
    public Task<IReadOnlyList<Vet>> ListAllAsync() =>
        ListAsync("1 = 1", "1 = 1", parameters: null);

    public async Task<Vet?> FindAsync(int id) =>
        (await ListAsync("id = @id", "vet_id = @id", new { id })).SingleOrDefault();

    public Task<IReadOnlyList<int>> ListIdsWithSpecialtyAsync(int specialtyId) =>
        session.QueryAsync<int>("SELECT vet_id FROM vet_specialties WHERE specialty_id = @specialtyId ORDER BY vet_id", new { specialtyId });

    /// <summary>False when there is none. Until the transaction ends nobody else can change the vet or its specialties.</summary>
    public async Task<bool> LockAsync(int id) =>
        await session.FindAsync<int?>($"SELECT id FROM vets WHERE id = @id{session.ForUpdate}", new { id }) is not null;

    public async Task<int> InsertAsync(VetFields vet, IEnumerable<int> specialtyIds)
    {
        var id = await session.ScalarAsync<int>(
            "INSERT INTO vets (first_name, last_name) VALUES (@FirstName, @LastName) RETURNING id",
            new { vet.FirstName, vet.LastName });
        await InsertSpecialtiesAsync(id, specialtyIds);
        return id;
    }

    public async Task UpdateAsync(int id, VetFields vet, IEnumerable<int> specialtyIds)
    {
        await session.ExecuteAsync(
            "UPDATE vets SET first_name = @FirstName, last_name = @LastName WHERE id = @id",
            new { id, vet.FirstName, vet.LastName });
        await DeleteSpecialtiesAsync(id);
        await InsertSpecialtiesAsync(id, specialtyIds);
    }

    public async Task DeleteAsync(int id)
    {
        await DeleteSpecialtiesAsync(id);
        await session.ExecuteAsync("DELETE FROM vets WHERE id = @id", new { id });
    }

    private async Task<IReadOnlyList<Vet>> ListAsync(
        string vetCondition, string linkCondition, object? parameters)
    {
        var rows = await session.QueryAsync<VetRow>(
            $"SELECT id AS Id, first_name AS FirstName, last_name AS LastName FROM vets WHERE {vetCondition} ORDER BY id",
            parameters);
        var links = await session.QueryAsync<LinkRow>(
            $"""
             SELECT vet_id AS VetId, specialty_id AS SpecialtyId, name AS Name
             FROM vet_specialties JOIN specialties ON specialties.id = specialty_id
             WHERE {linkCondition} ORDER BY vet_id, specialty_id
             """,
            parameters);

        var byVet = links.ToLookup(link => link.VetId, link => new Specialty(link.SpecialtyId, link.Name));
        return [.. rows.Select(row => new Vet(row.FirstName, row.LastName, [.. byVet[row.Id]], row.Id))];
    }

    private async Task InsertSpecialtiesAsync(int vetId, IEnumerable<int> specialtyIds)
    {
        foreach (var specialtyId in specialtyIds)
        {
            await session.ExecuteAsync(
                "INSERT INTO vet_specialties (vet_id, specialty_id) VALUES (@vetId, @specialtyId)",
                new { vetId, specialtyId });
        }
    }

    private Task<int> DeleteSpecialtiesAsync(int vetId) =>
        session.ExecuteAsync("DELETE FROM vet_specialties WHERE vet_id = @vetId", new { vetId });

    private sealed class VetRow
    {
        public int Id { get; init; }

        public string FirstName { get; init; } = "";

        public string LastName { get; init; } = "";
    }

    private sealed class LinkRow
    {
        public int VetId { get; init; }

        public int SpecialtyId { get; init; }

        public string Name { get; init; } = "";
    }
}
