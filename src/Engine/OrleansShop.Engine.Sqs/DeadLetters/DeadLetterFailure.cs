using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.DeadLetters;

/// <summary>A dead letter that is still where it was.</summary>
/// <param name="MessageId">Which one.</param>
/// <param name="Error">Why.</param>
/// <param name="WasSent">Whether it is in its target as well, because only its deletion failed.</param>
internal sealed record DeadLetterFailure(string MessageId, SqsException Error, bool WasSent);
