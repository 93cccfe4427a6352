namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>An event that a subscription could not take. Immutable.</summary>
/// <param name="Id">What names it within its provider: printable ASCII without slashes, at most <see cref="MaxIdChars"/>.</param>
/// <param name="Reason">Who could not take it, and why.</param>
/// <param name="SizeBytes">The size of the event in its queue.</param>
/// <param name="Payload">What can be shown of the event; null in lists.</param>
public sealed record DeadLetter(string Id, DeadLetterReason Reason, long SizeBytes, DeadLetterPayload? Payload)
{
    /// <summary>The longest id, in characters. 256.</summary>
    public const int MaxIdChars = 256;
}
