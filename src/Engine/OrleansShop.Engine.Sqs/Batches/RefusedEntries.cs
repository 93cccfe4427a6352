namespace OrleansShop.Engine.Sqs.Batches;

/// <summary>Entries of a batch that the service did not take for the moment.</summary>
/// <param name="count">How many.</param>
/// <param name="example">What it says of one of them.</param>
internal sealed class RefusedEntries(int count, string example) : Exception($"{count} entries of the batch were not taken for now; of one it says {example}");
