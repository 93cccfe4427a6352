namespace OrleansShop.Engine.Sqs.Receiving;

/// <summary>What one receive gave.</summary>
/// <param name="Messages">Those that arrived whole.</param>
/// <param name="Damaged">The ids of those whose body is not what their digest says. They are received again when their visibility timeout is over.</param>
internal sealed record Received(IReadOnlyList<SqsMessage> Messages, IReadOnlyList<string> Damaged);
