namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>Which dead letters to do something with. Immutable.</summary>
/// <param name="Ids">Those with these ids, at most <see cref="MaxIds"/>; null for all that <paramref name="Filter"/> matches.</param>
/// <param name="Filter">Which ones. With ids, those of them that match.</param>
/// <param name="Limit">How many at most; 1 to <see cref="MaxLimit"/>.</param>
/// <param name="IsDryRun">Only counts them.</param>
public sealed record DeadLetterSelection(IReadOnlyList<string>? Ids, DeadLetterFilter Filter, int Limit, bool IsDryRun)
{
    /// <summary>The most ids of one selection. 100.</summary>
    public const int MaxIds = 100;

    /// <summary>The most dead letters that one order does something with. 10000.</summary>
    public const int MaxLimit = 10_000;
}
