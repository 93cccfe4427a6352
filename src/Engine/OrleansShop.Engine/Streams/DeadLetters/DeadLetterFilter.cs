namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>Which dead letters are meant. All that is set has to match; nothing set matches all. Immutable.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>The most dead letters of one page. 1000.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Matches everything.</summary>
    public static DeadLetterFilter All { get; } = new();

    /// <summary>The namespace of the stream; null for any.</summary>
    public string? StreamNamespace { get; init; }

    /// <summary>The key of the stream; null for any.</summary>
    public string? StreamKey { get; init; }

    /// <summary>The grain type of the consumer; null for any.</summary>
    public string? GrainType { get; init; }

    /// <summary>The type of the last failure: its full name, or the name without its namespace; null for any.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>Only what failed last before this; null for no limit.</summary>
    public DateTimeOffset? FailedBefore { get; init; }

    /// <summary>Only what failed last at this time or after; null for no limit.</summary>
    public DateTimeOffset? FailedSince { get; init; }

    /// <summary>Whether a dead letter is meant.</summary>
    public bool Matches(DeadLetterReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return IsOrAny(StreamNamespace, reason.Stream.GetNamespace())
            && IsOrAny(StreamKey, reason.Stream.GetKeyAsString())
            && IsOrAny(GrainType, reason.Consumer.Type.ToString())
            && (ExceptionType is null || ExceptionType == reason.ExceptionType || reason.ExceptionType.EndsWith("." + ExceptionType, StringComparison.Ordinal))
            && !(reason.FailedAt >= FailedBefore)
            && !(reason.FailedAt < FailedSince);
    }

    private static bool IsOrAny(string? wanted, string? given) => wanted is null || wanted == given;
}
