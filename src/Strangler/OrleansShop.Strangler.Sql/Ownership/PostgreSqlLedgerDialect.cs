using System.Data.Common;
using System.Text;
using Dapper;

namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>PostgreSQL locks rows, and capabilities by advisory locks: those live in memory, where a row that every write of a capability locks would be written again and again.</summary>
internal sealed class PostgreSqlLedgerDialect : ILedgerDialect
{
    /// <summary>The first half of the keys of our advisory locks, "STRG" in ASCII, so that they are not taken for the monolith's.</summary>
    internal const int LockSpace = 0x53545247;

    /// <summary>Rows are not locked FOR UPDATE: others that refer to them may be written meanwhile.</summary>
    public LedgerLocks Locks { get; } = new(Rows: " FOR NO KEY UPDATE", Entry: " FOR UPDATE", FreeEntries: " FOR UPDATE SKIP LOCKED", Keys: " FOR KEY SHARE");

    public string IsOneOf(string parameter) => $"= ANY({parameter})";

    public async Task<bool> EnterAsync(DbTransaction transaction, string capability, LedgerAccess access)
    {
        const string look = $"SELECT to_regclass('{LedgerTables.Fence}') IS NOT NULL";
        if (access == LedgerAccess.Look)
        {
            return await transaction.Connection!.ExecuteScalarAsync<bool>(look, transaction: transaction);
        }

        // Two statements, so that the second sees what the lock's last holder has committed.
        var function = access == LedgerAccess.Announce ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
        await using var answers = await transaction.Connection!.QueryMultipleAsync(
            $"SELECT {function}(@space, @key)::text; {look};", new { space = LockSpace, key = KeyOf(capability) }, transaction);
        await answers.ReadAsync();
        return await answers.ReadSingleAsync<bool>();
    }

    public Task MarkAsync(DbTransaction transaction, EntityName? entity) => transaction.Connection!.ExecuteAsync(
        "SELECT set_config(@setting, @mark, true)",
        new { setting = LedgerTables.ApplyingSetting, mark = entity is { } name ? $"{name.Kind}/{name.Id}" : "" }, transaction);

    /// <summary>FNV-1a. Two capabilities that met in one key would only wait for each other.</summary>
    internal static int KeyOf(string capability) =>
        (int)Encoding.UTF8.GetBytes(capability).Aggregate(2166136261u, static (hash, value) => (hash ^ value) * 16777619u);
}
