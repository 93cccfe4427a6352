namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>Some dead letters. Immutable.</summary>
/// <param name="Letters">The dead letters, as a rule the oldest first.</param>
/// <param name="Next">Where the next page begins; null when there is none.</param>
/// <param name="IsComplete">False if the queue could not be looked through: there may be more that match, which asking again may find.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Letters, string? Next, bool IsComplete = true);
