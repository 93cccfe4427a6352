namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>Which rows to read. Immutable.</summary>
/// <param name="Filter">Which ones.</param>
/// <param name="Ids">Only those with these ids; null for any.</param>
/// <param name="After">Only those whose position is greater; 0 for all.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="WithPayload">Whether the payloads are read too.</param>
public sealed record DeadLetterQuery(DeadLetterFilter Filter, IReadOnlyList<string>? Ids, long After, int Limit, bool WithPayload);
