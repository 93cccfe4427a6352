using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>
/// The embedded database: one file, write-ahead log, foreign keys on. <c>synchronous=FULL</c> syncs the log at each commit; with NORMAL a power cut could
/// take back what was acknowledged. SQLite has one writer at a time: ours queue here, without holding a thread, and only writers of other processes are
/// waited for inside SQLite.
/// </summary>
internal sealed class SqliteDialect : IDatabaseDialect, IDisposable
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const string SessionSettings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;";

    private readonly string _connectionString;
    private readonly SemaphoreSlim _writers = new(1, 1);

    static SqliteDialect() => SQLitePCL.Batteries_V2.Init();

    public SqliteDialect(string connectionString)
    {
        _connectionString = connectionString;
        CreateFolder(new SqliteConnectionStringBuilder(connectionString).DataSource);
    }

    public string Name => "Sqlite";

    public async Task<ClinicSession> BeginAsync(SessionPurpose purpose, CancellationToken cancellationToken)
    {
        if (purpose == SessionPurpose.Read) return await BeginAsync(deferred: true, onEnd: null, cancellationToken);

        await _writers.WaitAsync(cancellationToken);
        try
        {
            return await BeginAsync(deferred: false, () => _writers.Release(), cancellationToken);
        }
        catch
        {
            _writers.Release();
            throw;
        }
    }

    public FailureCause CauseOf(DbException failure) => failure is not SqliteException sqlite
        ? FailureCause.Fault
        : sqlite.SqliteErrorCode switch
        {
            Constraint => FailureCause.LostRace,
            Busy or Locked or IoError or Full or CannotOpen => FailureCause.Unavailable,
            _ => FailureCause.Fault,
        };

    public void Dispose()
    {
        // Pooled connections keep the file open; the folder that holds it may be about to be deleted.
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        _writers.Dispose();
    }

    private async Task<ClinicSession> BeginAsync(bool deferred, Action? onEnd, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using (var settings = connection.CreateCommand())
            {
                settings.CommandText = SessionSettings;
                await settings.ExecuteNonQueryAsync(cancellationToken);
            }

            var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred);
            return new ClinicSession(connection, transaction, forUpdate: "", cancellationToken, onEnd);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static void CreateFolder(string dataSource)
    {
        var isFile = dataSource.Length > 0 && dataSource != ":memory:" && !dataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        if (isFile && Path.GetDirectoryName(Path.GetFullPath(dataSource)) is { } folder) Directory.CreateDirectory(folder);
    }
}
