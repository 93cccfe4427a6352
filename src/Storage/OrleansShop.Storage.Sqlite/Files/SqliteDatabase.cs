using Microsoft.Data.Sqlite;

namespace OrleansShop.Storage.Sqlite.Files;

/// <summary>One SQLite file, opened so that an acknowledged write survives the loss of the process and of power.</summary>
/// <remarks>
/// Write-ahead log: readers never wait for the writer. <c>synchronous=FULL</c>: the log is on the disk before a commit returns. Several processes
/// may have the file open; a writer waits for another process's for up to <see cref="BusyTimeout"/>.
/// </remarks>
public sealed class SqliteDatabase
{
    /// <summary>How long a writer waits for a writer in another process before it fails. 10 seconds.</summary>
    public static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    private readonly string _connectionString;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Names the file. Its folder is created if it does not exist; the file is, by the first connection.</summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public SqliteDatabase(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = (int)BusyTimeout.TotalSeconds,
            Pooling = true,
        }.ToString();
    }

    /// <summary>The absolute path of the file.</summary>
    public string Path { get; }

    /// <summary>Opens a connection, usually a pooled one.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, or is not a database.</exception>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout={(int)BusyTimeout.TotalMilliseconds}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that return nothing.</summary>
    public static void Execute(SqliteConnection connection, string statements)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this repository.
        command.CommandText = statements;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Closes the pooled connections of this file, so that it can be deleted.</summary>
    public void ReleaseConnections()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
