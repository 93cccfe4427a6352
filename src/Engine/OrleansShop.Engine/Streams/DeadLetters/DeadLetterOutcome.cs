namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>What came of an order on dead letters. Immutable.</summary>
/// <param name="Matched">How many were chosen, at most the selection's limit.</param>
/// <param name="Done">How many it was done with; 0 for a dry run.</param>
/// <param name="Problem">Why it was not done with all; null if it was, or for a dry run.</param>
public sealed record DeadLetterOutcome(int Matched, int Done, string? Problem = null);
