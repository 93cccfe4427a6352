using OrleansShop.Clinic.Monolith.Clinic;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>Rows of pet types.</summary>
internal sealed class PetTypeRepository(ClinicSession session)
{
    public async Task<IReadOnlyList<PetType>> ListAsync() =>
        [.. (await session.QueryAsync<NamedRow>("SELECT id AS Id, name AS Name FROM types ORDER BY id", parameters: null)).Select(ToPetType)];

    public async Task<PetType?> FindAsync(int id) =>
        await session.FindAsync<NamedRow>("SELECT id AS Id, name AS Name FROM types WHERE id = @id", new { id }) is { } row ? ToPetType(row) : null;

    /// <summary>False when there is none. Until the transaction ends no pet can be given this type.</summary>
    public async Task<bool> LockAsync(int id) =>
        await session.FindAsync<int?>($"SELECT id FROM types WHERE id = @id{session.ForUpdate}", new { id }) is not null;

    public Task<int> InsertAsync(string name) =>
        session.ScalarAsync<int>("INSERT INTO types (name) VALUES (@name) RETURNING id", new { name });

    public async Task<bool> UpdateAsync(int id, string name) =>
        await session.ExecuteAsync("UPDATE types SET name = @name WHERE id = @id", new { id, name }) > 0;

    public Task DeleteAsync(int id) =>
        session.ExecuteAsync("DELETE FROM types WHERE id = @id", new { id });

    private static PetType ToPetType(NamedRow row) => new(row.Name, row.Id);
}
