using System.Data;
using System.Data.Common;
using Npgsql;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>PostgreSQL. Reads are one snapshot (REPEATABLE READ); writes are READ COMMITTED and lock the rows that their checks rely on.</summary>
internal sealed class PostgreSqlDialect(string connectionString) : IDatabaseDialect, IAsyncDisposable
{
    /// <summary>Any number does that nobody else uses for an advisory lock in this database.</summary>
    private const long UpgradeLock = 0x436C696E6963;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public string Name => "PostgreSql";

    public async Task<ClinicSession> BeginAsync(SessionPurpose purpose, CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            var isolation = purpose == SessionPurpose.Read ? IsolationLevel.RepeatableRead : IsolationLevel.ReadCommitted;
            var session = new ClinicSession(connection, await connection.BeginTransactionAsync(isolation, cancellationToken), " FOR UPDATE", cancellationToken);
            if (purpose == SessionPurpose.Upgrade)
            {
                await session.ExecuteAsync("SELECT pg_advisory_xact_lock(@key)", new { key = UpgradeLock });
            }

            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public FailureCause CauseOf(DbException failure) => failure switch
    {
        PostgresException
        {
            SqlState: PostgresErrorCodes.ForeignKeyViolation
            or PostgresErrorCodes.UniqueViolation
            or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
        } => FailureCause.LostRace,
        NpgsqlException { IsTransient: true } => FailureCause.Unavailable,
        PostgresException => FailureCause.Fault,

        // No answer of the server at all: the connection failed.
        NpgsqlException => FailureCause.Unavailable,
        _ => FailureCause.Fault,
    };

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
