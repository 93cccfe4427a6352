using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Sending;

/// <summary>What became of one message: it is in the queue, or <paramref name="Error"/> says why not.</summary>
/// <param name="MessageId">What SQS calls it; null if it was not sent.</param>
/// <param name="SequenceNumber">Its place in a FIFO queue: 20 digits, greater than those of all messages before it in its group. Null elsewhere.</param>
/// <param name="Error">Null if it was sent.</param>
internal sealed record SqsSent(string? MessageId, string? SequenceNumber, SqsException? Error = null)
{
    public bool IsSent => Error is null;
}
