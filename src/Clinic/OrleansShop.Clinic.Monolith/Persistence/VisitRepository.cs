using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Monolith.Clinic;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>Rows of visits.</summary>
internal sealed class VisitRepository(ClinicSession session)
{
    public async Task<Visit?> FindAsync(int id) =>
        (await ListAsync("id = @id", new { id })).SingleOrDefault();

    public Task<IReadOnlyList<Visit>> ListAllAsync() => ListAsync("1 = 1", parameters: null);

    /// <summary>The visits that meet a condition on columns of their table, in the order of their ids.</summary>
    public async Task<IReadOnlyList<Visit>> ListAsync(string condition, object? parameters)
    {
        var rows = await session.QueryAsync<VisitRow>(
            $"SELECT id AS Id, pet_id AS PetId, visit_date AS Date, description AS Description FROM visits WHERE {condition} ORDER BY id",
            parameters);
        return [.. rows.Select(row => new Visit(row.Date, row.Description, row.Id, row.PetId))];
    }

    public Task<int> InsertAsync(int petId, DateOnly date, string description) => session.ScalarAsync<int>(
        "INSERT INTO visits (pet_id, visit_date, description) VALUES (@petId, @date, @description) RETURNING id",
        new { petId, date, description });

    /// <summary>Without a date the visit keeps the one that it has. False when there is no such visit.</summary>
    public async Task<bool> UpdateAsync(int id, VisitFields visit)
    {
        var setDate = visit.Date is null ? "" : "visit_date = @Date, ";
        return await session.ExecuteAsync(
            $"UPDATE visits SET {setDate}description = @Description WHERE id = @id",
            new { id, Date = visit.Date ?? default, visit.Description }) > 0;
    }

    public async Task<bool> DeleteAsync(int id) =>
        await session.ExecuteAsync("DELETE FROM visits WHERE id = @id", new { id }) > 0;

    private sealed class VisitRow
    {
        public int Id { get; init; }

        public int PetId { get; init; }

        public DateOnly Date { get; init; }

        public string Description { get; init; } = "";
    }
}
