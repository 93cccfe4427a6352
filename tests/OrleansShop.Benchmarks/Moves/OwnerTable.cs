using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OrleansShop.Benchmarks.Moves;

/// <summary>The owners in the monolith's database, filled and looked at behind the back of all processes.</summary>
internal sealed class OwnerTable
{
    private readonly Func<DbConnection> _connect;
    private readonly string _numbers;

    private OwnerTable(Func<DbConnection> connect, string numbers) => (_connect, _numbers) = (connect, numbers);

    public static OwnerTable InSqlite(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        return new OwnerTable(
            () => new SqliteConnection($"Data Source={path};Default Timeout=30"),
            "WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < @count)");
    }

    public static OwnerTable InPostgreSql(string connectionString) => new(
        () => new NpgsqlConnection(connectionString), "WITH numbers AS (SELECT number FROM generate_series(1, @count) AS number)");

    /// <summary>Adds owners.</summary>
    /// <returns>The ids of the first and the last of all that there are; every id in between is one.</returns>
    public async Task<(int First, int Last)> AddAsync(int count, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var insert = connection.CreateCommand();
        insert.CommandTimeout = 120;
        insert.CommandText = $"""
            {_numbers} INSERT INTO owners (first_name, last_name, address, city, telephone)
            SELECT 'Ada', 'Lovelace', '12 St James', 'London', '5551234' FROM numbers
            """;
        Add(insert, "@count", count);
        await insert.ExecuteNonQueryAsync(cancellationToken);

        await using var ids = connection.CreateCommand();
        ids.CommandText = "SELECT MIN(id), MAX(id) FROM owners";
        await using var reader = await ids.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (Convert.ToInt32(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), Convert.ToInt32(reader.GetValue(1), System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>A reader of the ledger, which must be there.</summary>
    public async Task<LedgerLook> LookAsync(CancellationToken cancellationToken) => new(await OpenAsync(cancellationToken));

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = _connect();
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    /// <summary>Tells who owns an owner, by the ledger. For one caller at a time.</summary>
    internal sealed class LedgerLook : IAsyncDisposable
    {
        private readonly DbConnection _connection;
        private readonly DbCommand _find;

        internal LedgerLook(DbConnection connection)
        {
            _connection = connection;
            _find = connection.CreateCommand();
            _find.CommandText = "SELECT owner FROM strangler_ownership WHERE kind = 'owner' AND entity_id = @id";
            Add(_find, "@id", "");
        }

        /// <summary>Whether the grains own it.</summary>
        public bool IsOwnedByGrains(int id)
        {
            _find.Parameters[0].Value = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Convert.ToInt32(_find.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) == 1;
        }

        public async ValueTask DisposeAsync()
        {
            await _find.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }
}
