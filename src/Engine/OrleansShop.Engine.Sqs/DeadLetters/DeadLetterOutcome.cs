namespace OrleansShop.Engine.Sqs.DeadLetters;

/// <summary>What became of dead letters that were to be redriven or deleted.</summary>
/// <param name="Done">How many are gone from the dead-letter queue.</param>
/// <param name="Examined">How many were looked at.</param>
/// <param name="Failures">Those that fit and are still there.</param>
/// <param name="IsComplete">Whether everything that could be received was looked at.</param>
internal sealed record DeadLetterOutcome(int Done, int Examined, IReadOnlyList<DeadLetterFailure> Failures, bool IsComplete);
