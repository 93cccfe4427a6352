using OrleansShop.Strangler.Sql.Feed;
using OrleansShop.Strangler.Sql.Fencing;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>What the two databases say in different words, by what it is about.</summary>
/// <param name="Sql">Tables and sequences of the monolith.</param>
/// <param name="Ledger">Locks and marks.</param>
/// <param name="Fence">Triggers.</param>
/// <param name="Feed">The change feed.</param>
internal sealed record Dialects(ISqlDialect Sql, ILedgerDialect Ledger, IFenceDialect Fence, IChangeFeed Feed);
