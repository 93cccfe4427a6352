using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace OrleansShop.EndToEnd.Tests.Moves.Running;

/// <summary>A SQLite file. It refuses writes while somebody else holds its write lock.</summary>
internal sealed class SqliteClinicDatabase(string file) : ClinicDatabase
{
    public override string Provider => "Sqlite";

    public override string ConnectionString => $"Data Source={file}";

    public override async Task RefuseAsync(TimeSpan time)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
        await Task.Delay(time);
        await transaction.RollbackAsync();
    }

    public override async Task DropFencesAsync()
    {
        var triggers = await QueryAsync("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'strangler%update%'", static reader => reader.GetString(0));
        if (triggers.Count > 0) await ExecuteAsync(string.Concat(triggers.Select(static name => $"DROP TRIGGER IF EXISTS \"{name}\";")));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override DbConnection Connect() => new SqliteConnection($"{ConnectionString};Pooling=false;Default Timeout=30");
}
