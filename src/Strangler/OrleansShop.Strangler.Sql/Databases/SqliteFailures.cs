using Microsoft.Data.Sqlite;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>SQLite's result codes (https://www.sqlite.org/rescode.html) in the words of the bridge.</summary>
internal static class SqliteFailures
{
    private const int Perm = 3, Busy = 5, Locked = 6, NoMem = 7, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CantOpen = 14, Protocol = 15, Constraint = 19, Mismatch = 20, NotADatabase = 26;
    private const int ConstraintForeignKey = 787, ConstraintTrigger = 1811;

    internal static bool IsBusy(SqliteException failure) => failure.SqliteErrorCode is Busy or Locked;

    internal static bool IsConstraint(SqliteException failure) => failure.SqliteErrorCode == Constraint;

    private const int Error = 1, SchemaChanged = 17;

    /// <summary>How SQLite says that a statement names what is not there. It has no code of its own for that.</summary>
    private static readonly string[] Missing = ["no such table", "no such column", "has no column named"];

    internal static Exception Translate(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SchemaChanged => SchemaDrift.Refusal(failure.Message),
        Error when Missing.Any(text => failure.Message.Contains(text, StringComparison.Ordinal)) => SchemaDrift.Refusal(failure.Message),
        Constraint when failure.SqliteExtendedErrorCode == ConstraintTrigger && failure.Message.Contains(LedgerTables.MessagePrefix, StringComparison.Ordinal) =>
            new BridgeRefusedException(BridgeRefusal.NotOwner, failure.Message),
        Constraint when failure.SqliteExtendedErrorCode == ConstraintForeignKey => new BridgeRefusedException(
            BridgeRefusal.ForeignKey, "A row refers to one that the monolith does not have, or one that is to be deleted is still referred to."),
        Constraint or Mismatch => new BridgeRefusedException(BridgeRefusal.Constraint, $"The rows break a rule of the monolith's schema: {failure.Message}"),
        Busy or Locked => new BridgeUnavailableException("The monolith's database is locked by another writer.", TimeSpan.FromSeconds(1), failure),
        Perm or NoMem or ReadOnly or IoError or Corrupt or Full or CantOpen or Protocol or NotADatabase => new BridgeUnavailableException(
            $"The monolith's database file cannot be used: {failure.Message}", TimeSpan.FromSeconds(5), failure),
        _ => failure,
    };
}
