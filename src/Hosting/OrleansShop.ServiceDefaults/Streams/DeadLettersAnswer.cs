namespace OrleansShop.ServiceDefaults.Streams;

/// <summary>Dead letters that match a search, the oldest failure first.</summary>
/// <param name="DeadLetters">The dead letters, without payloads.</param>
/// <param name="More">Whether there are, or may be, more than these.</param>
/// <param name="Silent">The processes that did not answer: their dead letters are missing. A process that speaks for itself leaves it empty.</param>
/// <param name="Absent">Addresses that are kept free for further processes, where nobody has answered yet: nothing is missing because of them. Null from a process that speaks for itself.</param>
public sealed record DeadLettersAnswer(IReadOnlyList<DeadLetterAnswer> DeadLetters, bool More, IReadOnlyList<SilentProcess> Silent, IReadOnlyList<SilentProcess>? Absent = null);

/// <summary>An event that a subscription could not take.</summary>
/// <param name="Id">What names it: the provider, a slash, and a name within the provider.</param>
/// <param name="Provider">The stream provider.</param>
/// <param name="Queue">The queue that it was in.</param>
/// <param name="StreamNamespace">The namespace of its stream; null for none.</param>
/// <param name="StreamKey">The key of its stream.</param>
/// <param name="Subscription">The subscription.</param>
/// <param name="Consumer">The grain that could not take it.</param>
/// <param name="GrainType">The type of that grain.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FirstFailedAt">When it failed first, UTC.</param>
/// <param name="FailedAt">When it failed last, UTC.</param>
/// <param name="ExceptionType">The type of the last failure.</param>
/// <param name="ExceptionMessage">What it said.</param>
/// <param name="ExceptionDetail">The failure with its stack; null in lists.</param>
/// <param name="TraceParent">The W3C trace context of the publisher; null for none.</param>
/// <param name="SizeBytes">The size of the event.</param>
/// <param name="Payload">What can be shown of the event; null in lists.</param>
/// <param name="Process">The address of the process that keeps it; null when that process itself answers.</param>
public sealed record DeadLetterAnswer(
    string Id,
    string Provider,
    string Queue,
    string? StreamNamespace,
    string StreamKey,
    Guid Subscription,
    string Consumer,
    string GrainType,
    int Attempts,
    DateTimeOffset FirstFailedAt,
    DateTimeOffset FailedAt,
    string ExceptionType,
    string ExceptionMessage,
    string? ExceptionDetail,
    string? TraceParent,
    long SizeBytes,
    PayloadAnswer? Payload,
    string? Process = null);

/// <summary>What can be shown of an event.</summary>
/// <param name="Text">JSON, the beginning of it, or Base64.</param>
/// <param name="IsJson">Whether the text is JSON as a whole.</param>
/// <param name="Problem">Why not; null if it is.</param>
public sealed record PayloadAnswer(string Text, bool IsJson, string? Problem);
