using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Monolith.Clinic;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>Rows of specialties.</summary>
internal sealed class SpecialtyRepository(ClinicSession session)
{
    public async Task<IReadOnlyList<Specialty>> ListAsync() =>
        [.. (await session.QueryAsync<NamedRow>("SELECT id AS Id, name AS Name FROM specialties ORDER BY id", parameters: null)).Select(ToSpecialty)];

    public async Task<Specialty?> FindAsync(int id) =>
        await session.FindAsync<NamedRow>("SELECT id AS Id, name AS Name FROM specialties WHERE id = @id", new { id }) is { } row ? ToSpecialty(row) : null;

    /// <summary>The specialty that a client means, or null. Among several of one name it is the oldest.</summary>
    public async Task<int?> FindIdAsync(SpecialtyReference reference) => reference.Id is { } id
        ? await session.FindAsync<int?>("SELECT id FROM specialties WHERE id = @id", new { id })
        : await session.FindAsync<int?>("SELECT min(id) FROM specialties WHERE name = @name", new { name = reference.Name });

    /// <summary>False when there is none. Until the transaction ends no vet can be given this specialty.</summary>
    public async Task<bool> LockAsync(int id) =>
        await session.FindAsync<int?>($"SELECT id FROM specialties WHERE id = @id{session.ForUpdate}", new { id }) is not null;

    public Task<int> InsertAsync(string name) =>
        session.ScalarAsync<int>("INSERT INTO specialties (name) VALUES (@name) RETURNING id", new { name });

    public async Task<bool> UpdateAsync(int id, string name) =>
        await session.ExecuteAsync("UPDATE specialties SET name = @name WHERE id = @id", new { id, name }) > 0;

    public Task DeleteAsync(int id) =>
        session.ExecuteAsync("DELETE FROM specialties WHERE id = @id", new { id });

    private static Specialty ToSpecialty(NamedRow row) => new(row.Id, row.Name);
}
