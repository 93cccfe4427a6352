using System.Data.Common;
using System.Globalization;

namespace OrleansShop.EndToEnd.Tests.Moves.Running;

/// <summary>The monolith's database: where it is, what is in it, and how it refuses for a while.</summary>
internal abstract class ClinicDatabase : IAsyncDisposable
{
    /// <summary>The value of <c>Database:Provider</c>.</summary>
    public abstract string Provider { get; }

    public abstract string ConnectionString { get; }

    /// <summary>Has it refuse its work for a while: to write, or all of it.</summary>
    public abstract Task RefuseAsync(TimeSpan time);

    /// <summary>Takes the fences away behind everybody's back: from then on the monolith writes what it does not own.</summary>
    public abstract Task DropFencesAsync();

    /// <summary>All rows of a kind, with the value that clients write and read.</summary>
    public Task<IReadOnlyList<ClinicRow>> RowsAsync(string kind) => QueryAsync(
        kind switch
        {
            EntityKinds.Owner => "SELECT id, city FROM owners",
            EntityKinds.Pet => "SELECT id, name FROM pets",
            EntityKinds.Visit => "SELECT id, description FROM visits",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
        },
        static reader => new ClinicRow(Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture), reader.GetString(1)));

    /// <summary>Rows whose parents are not there.</summary>
    public Task<IReadOnlyList<string>> OrphansAsync() => QueryAsync(
        """
        SELECT 'pet ' || pets.id || ' of owner ' || pets.owner_id FROM pets LEFT JOIN owners ON owners.id = pets.owner_id WHERE owners.id IS NULL
        UNION ALL
        SELECT 'visit ' || visits.id || ' of pet ' || visits.pet_id FROM visits LEFT JOIN pets ON pets.id = visits.pet_id WHERE pets.id IS NULL
        """,
        static reader => reader.GetString(0));

    public abstract ValueTask DisposeAsync();

    protected abstract DbConnection Connect();

    protected async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are those above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(read(reader));
        return rows;
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of this folder.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A row, as far as clients write it.</summary>
internal sealed record ClinicRow(long Id, string Value);
