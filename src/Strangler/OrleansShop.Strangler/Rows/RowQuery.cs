namespace OrleansShop.Strangler.Rows;

/// <summary>Asks for one page of entities of one kind.</summary>
/// <param name="Capability">The capability that the kind belongs to.</param>
/// <param name="Kind">The kind of entity.</param>
/// <param name="Column">The key column or one of the kind's reference columns, to select by; null selects all.</param>
/// <param name="Values">The values of <paramref name="Column"/> to select, as text; at most <see cref="MaxValues"/>. Null when <paramref name="Column"/> is.</param>
/// <param name="After">The id after which the page begins, as <see cref="EntityPage.Next"/> gave it; null for the first page.</param>
/// <param name="Limit">How many entities the page holds at most, from 1 to <see cref="MaxLimit"/>.</param>
/// <param name="WithTotal">Whether to count all matching entities too; that costs a scan on large tables.</param>
public sealed record RowQuery(
    string Capability,
    string Kind,
    string? Column = null,
    IReadOnlyList<string>? Values = null,
    string? After = null,
    int Limit = RowQuery.DefaultLimit,
    bool WithTotal = false)
{
    /// <summary>The size of a page when the query does not say: some 50 KB of ordinary rows.</summary>
    public const int DefaultLimit = 200;

    /// <summary>The largest page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The most values that one query may select by.</summary>
    public const int MaxValues = 500;
}
