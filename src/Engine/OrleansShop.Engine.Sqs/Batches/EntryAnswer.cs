using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Batches;

/// <summary>What a service says of one entry of a batch.</summary>
/// <param name="Entry">Which one.</param>
/// <param name="Fault">Why it was not taken; null if it was.</param>
/// <param name="IsSenderFault">Whether the same entry would be refused again.</param>
/// <param name="MessageId">What was sent, if something was.</param>
/// <param name="SequenceNumber">Its place in a FIFO queue.</param>
/// <param name="BodyDigest">The MD5 of what was stored.</param>
internal sealed record EntryAnswer(int Entry, ServiceFault? Fault, bool IsSenderFault = false, string? MessageId = null, string? SequenceNumber = null, string? BodyDigest = null)
{
    public bool MayPass => Fault is not null && (!IsSenderFault || FaultCodes.MayPass(Fault.Code));
}
