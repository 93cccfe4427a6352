using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Databases;

namespace OrleansShop.Strangler.Sql.Feed;

/// <summary>How the two databases hand out what the monolith has changed, in an order that nothing enters behind a reader.</summary>
internal interface IChangeFeed
{
    /// <summary>Reads a page and forgets what is at or before its beginning. A position that the feed has never given counts as its beginning: it is from before a removal of the ledger.</summary>
    Task<ChangePage> ReadAsync(IMonolithDatabase database, ChangeQuery query, CancellationToken cancellationToken);
}

/// <summary>Asks for a page of the change feed.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="After">The position after which to begin.</param>
/// <param name="Limit">How many changes at most.</param>
internal sealed record ChangeQuery(string Capability, long After, int Limit)
{
    /// <summary>How many changes behind a page are counted at most.</summary>
    internal const int MaxCounted = 10_000;
}
