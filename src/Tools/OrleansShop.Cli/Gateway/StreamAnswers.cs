using System.Globalization;

namespace OrleansShop.Cli.Gateway;

internal sealed record QueuesAnswer(IReadOnlyList<QueueAnswer> Queues, IReadOnlyList<SilentProcess> Silent, IReadOnlyList<SilentProcess>? Absent);

internal sealed record QueueAnswer(string Provider, string Queue, long? Depth, long? InFlight, double? OldestAgeSeconds, long? DeadLetters, string? Problem, string? Process);

internal sealed record SilentProcess(string Process, string Problem);

internal sealed record DeadLettersAnswer(IReadOnlyList<DeadLetterAnswer> DeadLetters, bool More, IReadOnlyList<SilentProcess> Silent, IReadOnlyList<SilentProcess>? Absent);

internal sealed record DeadLetterAnswer(
    string Id, string Queue, string? StreamNamespace, string StreamKey, Guid Subscription, string Consumer, int Attempts, DateTimeOffset FirstFailedAt, DateTimeOffset FailedAt, string ExceptionType, string ExceptionMessage,
    string? ExceptionDetail, string? TraceParent, long SizeBytes, PayloadAnswer? Payload, string? Process)
{
    public string Stream => StreamNamespace is null ? StreamKey : $"{StreamNamespace}/{StreamKey}";
}

internal sealed record PayloadAnswer(string Text, bool IsJson, string? Problem);

/// <summary>Which dead letters are meant; null restricts nothing.</summary>
internal sealed record DeadLetterSearch(string? Provider, string? Namespace, string? Key, string? Grain, string? Exception, long? OlderThanSeconds, long? YoungerThanSeconds, int Limit)
{
    public string ToQuery() => string.Join('&', Parts().Where(static part => part.Value is not null).Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));

    private (string Name, string? Value)[] Parts() =>
    [
        ("provider", Provider), ("namespace", Namespace), ("key", Key), ("grain", Grain), ("exception", Exception),
        ("olderThanSeconds", OlderThanSeconds?.ToString(CultureInfo.InvariantCulture)), ("youngerThanSeconds", YoungerThanSeconds?.ToString(CultureInfo.InvariantCulture)),
        ("limit", Limit.ToString(CultureInfo.InvariantCulture)),
    ];
}

internal sealed record DeadLetterOrder(IReadOnlyList<string>? Ids, DeadLetterSearch? Search, bool All, bool DryRun, string By);

internal sealed record DeadLetterOrderAnswer(int Matched, int Done, IReadOnlyList<string> Problems, IReadOnlyList<SilentProcess> Silent, IReadOnlyList<SilentProcess>? Absent);
