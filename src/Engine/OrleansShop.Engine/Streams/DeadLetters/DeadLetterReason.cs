using System.Text.Json;
using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>Who could not take an event, and why. Immutable, and of bounded size, as JSON too: longer texts are cut when it is made.</summary>
public sealed record DeadLetterReason
{
    /// <summary>The longest <see cref="ExceptionMessage"/>, in characters. 1024.</summary>
    public const int MaxMessageChars = 1024;

    /// <summary>The longest <see cref="ExceptionDetail"/>, in characters. 8192.</summary>
    public const int MaxDetailChars = 8192;

    private readonly string _message = "";
    private readonly string? _detail;

    /// <summary>The stream provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The queue that the event was in.</summary>
    public required string Queue { get; init; }

    /// <summary>The stream.</summary>
    public required StreamId Stream { get; init; }

    /// <summary>The subscription that could not take it.</summary>
    public required Guid Subscription { get; init; }

    /// <summary>The grain, or the client's observer, that the subscription belongs to.</summary>
    public required GrainId Consumer { get; init; }

    /// <summary>How often it was tried, earlier deliveries by the queue counted too; at least 1.</summary>
    public required int Attempts { get; init; }

    /// <summary>When a delivery failed first, as far as the last agent knows; UTC.</summary>
    public required DateTimeOffset FirstFailedAt { get; init; }

    /// <summary>When the last delivery failed, UTC.</summary>
    public required DateTimeOffset FailedAt { get; init; }

    /// <summary>The full name of the last failure's type.</summary>
    public required string ExceptionType { get; init; }

    /// <summary>What the last failure said; at most <see cref="MaxMessageChars"/>.</summary>
    public required string ExceptionMessage
    {
        get => _message;
        init => _message = Cut(value, MaxMessageChars)!;
    }

    /// <summary>The last failure with its stack, for operators; at most <see cref="MaxDetailChars"/>. Null if it is not known.</summary>
    public string? ExceptionDetail
    {
        get => _detail;
        init => _detail = Cut(value, MaxDetailChars);
    }

    /// <summary>The W3C trace context of whoever published the event; null if there was none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The reason as JSON, to be kept beside its event.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Reads what <see cref="ToJson"/> has written.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static DeadLetterReason FromJson(string json) =>
        JsonSerializer.Deserialize<DeadLetterReason>(json, JsonSerializerOptions.Web) ?? throw new JsonException("The reason of a dead letter is null.");

    private static string? Cut(string? text, int most)
    {
        if (text is null || text.Length <= most)
            return text;

        // Half of a surrogate pair is no text.
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }
}
