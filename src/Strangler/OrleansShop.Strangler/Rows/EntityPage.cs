namespace OrleansShop.Strangler.Rows;

/// <summary>Some entities of one kind, in the order of their ids.</summary>
/// <param name="Items">The entities; empty when there are no more.</param>
/// <param name="Next">The id after which the next page begins; null when this page is the last.</param>
/// <param name="Total">How many entities the query matches on all pages, if it asked for the count.</param>
public sealed record EntityPage(IReadOnlyList<EntityRows> Items, string? Next, long? Total = null);
