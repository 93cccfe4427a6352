using System.Data.Common;

namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>How the two databases lock the ledger and tell the bridge's own writes from the monolith's.</summary>
internal interface ILedgerDialect
{
    /// <summary>What ends a SELECT whose rows are to stay as they are.</summary>
    LedgerLocks Locks { get; }

    /// <summary>The part of a condition that says that a value is one of those in a parameter, which is an array.</summary>
    string IsOneOf(string parameter);

    /// <summary>Waits for whoever excludes this transaction from a capability, and says whether any capability has a ledger.</summary>
    Task<bool> EnterAsync(DbTransaction transaction, string capability, LedgerAccess access);

    /// <summary>Marks this transaction as writing one entity for its grain, until another mark or the transaction's end; null takes the mark away, and the fences treat the transaction as the monolith's.</summary>
    Task MarkAsync(DbTransaction transaction, EntityName? entity);
}

/// <summary>What a transaction is going to do with a capability.</summary>
internal enum LedgerAccess
{
    /// <summary>Only reads; waits for nobody.</summary>
    Look,

    /// <summary>Moves or writes entities, beside others that do.</summary>
    Move,

    /// <summary>Changes the capability itself, while nobody moves or writes its entities.</summary>
    Announce,
}

/// <summary>What ends a SELECT, to lock what it reads until the transaction ends. Empty where writers exclude each other anyway.</summary>
/// <param name="Rows">Rows that are going to be written.</param>
/// <param name="Entry">The ledger's row, before it decides.</param>
/// <param name="FreeEntries">The ledger's rows that nobody has under lock, before it decides; those of others are passed over.</param>
/// <param name="Keys">Rows that must not be deleted meanwhile.</param>
internal sealed record LedgerLocks(string Rows, string Entry, string FreeEntries, string Keys);
