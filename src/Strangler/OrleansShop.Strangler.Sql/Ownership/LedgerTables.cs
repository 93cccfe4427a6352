namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>The names of what the bridge adds to the monolith's database. All begin alike, so that a person finds them.</summary>
internal static class LedgerTables
{
    /// <summary>One row for every entity of the capabilities that have a ledger.</summary>
    internal const string Ownership = "strangler_ownership";

    /// <summary>What the monolith itself has changed.</summary>
    internal const string Changes = "strangler_changes";

    /// <summary>One row for every capability that has a ledger. The table is there as long as any capability has one.</summary>
    internal const string Fence = "strangler_fence";

    /// <summary>SQLite: the entity that the bridge is writing for its grain, inside the bridge's own transaction only.</summary>
    internal const string Applying = "strangler_applying";

    /// <summary>PostgreSQL: the setting that names the entity that the bridge is writing for its grain, for the transaction only.</summary>
    internal const string ApplyingSetting = "strangler.applying";

    /// <summary>PostgreSQL: counts the monolith's writes that a fence has refused; a sequence, because it outlives the transaction that is rolled back.</summary>
    internal const string Refusals = "strangler_refusals";

    /// <summary>PostgreSQL: the SQLSTATE of a write that a fence refuses. In a class that neither the standard nor the server uses.</summary>
    internal const string RefusedState = "STR01";

    /// <summary>The beginning of every message of a fence.</summary>
    internal const string MessagePrefix = "strangler: ";
}
