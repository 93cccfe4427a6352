using OrleansShop.Engine.Sqs.Receiving;

namespace OrleansShop.Engine.Sqs.DeadLetters;

/// <summary>Dead letters that were looked at.</summary>
/// <param name="Messages">Those that fit. Their receipts are given back.</param>
/// <param name="Examined">How many were looked at.</param>
/// <param name="IsComplete">Whether that was everything that could be received.</param>
internal sealed record DeadLetterList(IReadOnlyList<SqsMessage> Messages, int Examined, bool IsComplete);
