namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>A dead letter in a table. Immutable.</summary>
/// <param name="Id">What names it within its provider.</param>
/// <param name="Reason">Who could not take it, and why.</param>
/// <param name="SizeBytes">The size of the payload.</param>
/// <param name="Payload">The message as the provider wants it back; null where it was not asked for.</param>
/// <param name="Position">Its place: grows with each row. Not looked at when a row is added.</param>
public sealed record DeadLetterRow(string Id, DeadLetterReason Reason, long SizeBytes, byte[]? Payload, long Position = 0);
