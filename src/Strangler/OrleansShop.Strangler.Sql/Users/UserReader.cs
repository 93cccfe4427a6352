using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql.Databases;

namespace OrleansShop.Strangler.Sql.Users;

/// <summary>Reads a user with roles.</summary>
internal static class UserReader
{
    internal static async Task<MonolithUser?> ReadAsync(UserTable users, DbTransaction transaction, string username)
    {
        var connection = transaction.Connection!;
        var found = await connection.QuerySingleOrDefaultAsync<UserRow>(
            $"""
            SELECT {Sql.Quote(users.NameColumn)} AS "Username", {Sql.Quote(users.PasswordColumn)} AS "Password",
                CASE WHEN CAST({Sql.Quote(users.EnabledColumn)} AS integer) <> 0 THEN 1 ELSE 0 END AS "Enabled"
            FROM {Sql.Quote(users.Table)} WHERE {Sql.Quote(users.NameColumn)} = @username
            """, new { username }, transaction);
        if (found is null)
        {
            return null;
        }

        var roles = await connection.QueryAsync<string>(
            $"SELECT {Sql.Quote(users.RoleColumn)} FROM {Sql.Quote(users.RoleTable)} WHERE {Sql.Quote(users.RoleNameColumn)} = @username ORDER BY 1",
            new { username }, transaction);
        return new MonolithUser(found.Username, found.Password, found.Enabled != 0, [.. roles]);
    }

    /// <summary>Finds what the section names and the database does not have.</summary>
    internal static async Task<IReadOnlyList<ConfigurationFault>> FindFaultsAsync(UserTable users, ISqlDialect dialect, DbTransaction transaction)
    {
        var faults = new List<ConfigurationFault>();
        await CheckAsync((nameof(users.Table), users.Table),
            (nameof(users.NameColumn), users.NameColumn), (nameof(users.PasswordColumn), users.PasswordColumn), (nameof(users.EnabledColumn), users.EnabledColumn));
        await CheckAsync((nameof(users.RoleTable), users.RoleTable),
            (nameof(users.RoleNameColumn), users.RoleNameColumn), (nameof(users.RoleColumn), users.RoleColumn));
        return faults;

        async Task CheckAsync((string Key, string Name) named, params (string Key, string Name)[] columns)
        {
            if (await dialect.DescribeAsync(transaction, named.Name) is not { } table)
            {
                faults.Add(new($"{UserTable.Section}:{named.Key}", named.Name, "a table of the monolith's database"));
                return;
            }

            faults.AddRange(columns.Where(column => table.Find(column.Name) is null)
                .Select(column => new ConfigurationFault($"{UserTable.Section}:{column.Key}", column.Name, $"a column of the table {table.Name}: {table.ColumnNames}")));
        }
    }

    private sealed record UserRow
    {
        public required string Username { get; init; }

        public required string Password { get; init; }

        public long Enabled { get; init; }
    }
}
