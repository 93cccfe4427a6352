using OrleansShop.Engine.Sqs.Receiving;

namespace OrleansShop.Engine.Sqs.DeadLetters;

/// <summary>Which dead letters are meant: those that fit everything that is said.</summary>
internal sealed record DeadLetterFilter
{
    public static DeadLetterFilter All { get; } = new();

    /// <summary>Attributes that a message must have, with these values. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Ids of messages. Default null: of any.</summary>
    public IReadOnlySet<string>? MessageIds { get; init; }

    /// <summary>The group of FIFO messages. Default null: any, or none.</summary>
    public string? GroupId { get; init; }

    /// <summary>Sent at this time or later. Default null: at any time.</summary>
    public DateTimeOffset? SentFrom { get; init; }

    /// <summary>Sent before this time. Default null: at any time.</summary>
    public DateTimeOffset? SentBefore { get; init; }

    public bool Fits(SqsMessage message) =>
        (MessageIds is null || MessageIds.Contains(message.Id))
        && (GroupId is null || message.SystemAttributes.GroupId == GroupId)
        && (SentFrom is not { } from || message.SystemAttributes.SentAt >= from)
        && (SentBefore is not { } before || message.SystemAttributes.SentAt < before)
        && Attributes.All(wanted => message.Attributes.TryGetValue(wanted.Key, out var value) && value == wanted.Value);
}
