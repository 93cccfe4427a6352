using System.Data.Common;
using Npgsql;
using OrleansShop.Testing.PostgreSql;

namespace OrleansShop.EndToEnd.Tests.Moves.Running;

/// <summary>A database of a PostgreSQL server. It refuses by ending all connections and letting in no new ones.</summary>
internal sealed class PostgreSqlClinicDatabase(PostgreSqlDatabase database) : ClinicDatabase
{
    public override string Provider => "PostgreSql";

    public override string ConnectionString => database.ConnectionString;

    public override async Task RefuseAsync(TimeSpan time)
    {
        await database.RefuseConnectionsAsync(refuse: true);
        await Task.Delay(time);
        await database.RefuseConnectionsAsync(refuse: false);
    }

    public override async Task DropFencesAsync()
    {
        var tables = await QueryAsync("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'strangler_fence'", static reader => reader.GetString(0));
        foreach (var table in tables) await ExecuteAsync($"DROP TRIGGER IF EXISTS strangler_fence ON {table}");
    }

    public override async ValueTask DisposeAsync() => await database.DisposeAsync();

    protected override DbConnection Connect() => new NpgsqlConnection($"{ConnectionString};Pooling=false");
}
