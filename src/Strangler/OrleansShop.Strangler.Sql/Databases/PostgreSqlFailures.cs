using Npgsql;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>PostgreSQL's error codes (https://www.postgresql.org/docs/current/errcodes-appendix.html) in the words of the bridge.</summary>
internal static class PostgreSqlFailures
{
    internal static bool IsConflict(PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    internal static Exception Translate(PostgresException failure) => failure.SqlState switch
    {
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch => SchemaDrift.Refusal(failure.MessageText),
        LedgerTables.RefusedState => new BridgeRefusedException(BridgeRefusal.NotOwner, failure.MessageText),
        PostgresErrorCodes.ForeignKeyViolation => new BridgeRefusedException(
            BridgeRefusal.ForeignKey, $"A row refers to one that the monolith does not have, or one that is to be deleted is still referred to ({failure.ConstraintName})."),
        ['2', '2' or '3', ..] => new BridgeRefusedException(BridgeRefusal.Constraint, $"The rows break a rule of the monolith's schema: {failure.MessageText}."),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable => new BridgeUnavailableException(
            "Rows of the monolith's database are locked by another transaction.", TimeSpan.FromSeconds(1), failure),
        // Connection exceptions, missing resources, intervention by an operator, system errors, and a server that takes no passwords now.
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['5', '8', ..] or ['2', '8', ..] or PostgresErrorCodes.InvalidCatalogName => new BridgeUnavailableException(
            $"The monolith's database does not serve: {failure.MessageText}.", TimeSpan.FromSeconds(2), failure),
        _ => failure,
    };
}
