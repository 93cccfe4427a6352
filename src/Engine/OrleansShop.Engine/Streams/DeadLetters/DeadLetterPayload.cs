namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>What can be shown of an event. Immutable.</summary>
/// <param name="Text">The events of the message as a JSON array; its bytes in Base64 if they cannot be read here. At most <see cref="MaxTextChars"/>.</param>
/// <param name="IsJson">Whether the text is JSON: it was read, and it was not cut.</param>
/// <param name="Problem">Why it is not the whole of it as JSON; null if it is.</param>
public sealed record DeadLetterPayload(string Text, bool IsJson, string? Problem)
{
    /// <summary>The longest text, in characters. 65536.</summary>
    public const int MaxTextChars = 65_536;
}
