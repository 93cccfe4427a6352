using System.Buffers;
using System.Text;
using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Sending;

/// <summary>
/// What SQS takes for a message. It is checked before anything is sent: SQS itself does not refuse every character that it does not take, but stores
/// U+FFFD in its place.
/// </summary>
/// <remarks>
/// Taken are tab, line feed, carriage return, U+0020 to U+D7FF, U+E000 to U+FFFD and U+10000 to U+10FFFF: neither the other control characters below U+0020, nor U+FFFE,
/// U+FFFF, nor half a surrogate pair.
/// </remarks>
internal static class MessageRules
{
    private const int MostAttributes = 10;
    private const int LongestAttributeName = 256;
    private const int LongestId = 128;
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromMinutes(15);

    private static readonly SearchValues<char> s_suspicious = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Where(static code => code is not (0x9 or 0xA or 0xD)).Select(static code => (char)code),
        .. Enumerable.Range(0xD800, 0x800).Select(static code => (char)code), '\uFFFE', '\uFFFF',
    ]);

    private static readonly SearchValues<char> s_ofAttributeNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly SearchValues<char> s_ofIds = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

    /// <summary>The bytes that count against limits: the body, and names, types and values of the attributes.</summary>
    public static int SizeInBytes(SqsOutgoing message)
    {
        var size = Encoding.UTF8.GetByteCount(message.Body);
        foreach (var (name, value) in message.Attributes ?? NoAttributes)
        {
            var type = TypeOf(message, name);
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(type) + (IsBinary(type) ? value.Length / 4 * 3 : Encoding.UTF8.GetByteCount(value));
        }

        return size;
    }

    public static IReadOnlyDictionary<string, string> NoAttributes { get; } = new Dictionary<string, string>();

    public static string TypeOf(SqsOutgoing message, string attribute) => message.AttributeTypes?.GetValueOrDefault(attribute) ?? "String";

    public static bool IsBinary(string type) => type == "Binary" || type.StartsWith("Binary.", StringComparison.Ordinal);

    public static bool IsFifo(string queue) => queue.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>Why a message cannot be sent; null if it can.</summary>
    /// <param name="service">SQS or SNS; what goes through SNS comes to queues.</param>
    /// <param name="target">The queue or topic.</param>
    /// <param name="message">What is to be sent.</param>
    /// <param name="size">Its <see cref="SizeInBytes"/>.</param>
    /// <param name="maxBytes">The most that is taken.</param>
    public static SqsException? Fault(CalledService service, string target, SqsOutgoing message, int size, int maxBytes)
    {
        var (failure, fault) = size > maxBytes
            ? (SqsFailure.MessageTooLong, $"it has {size} bytes with its attributes, and at most {maxBytes} are taken; store what is large elsewhere and send where")
            : (SqsFailure.MessageInvalid, Find(message, IsFifo(target), service.TakesDelays));
        return fault is null ? null : new SqsException(failure, $"A message to {service.Describe(target)} is not sent: {fault}.");
    }

    /// <summary>Where a text has something that SQS does not take; -1 if nowhere.</summary>
    public static int IndexOfRefused(ReadOnlySpan<char> text)
    {
        for (var from = 0; ;)
        {
            var found = text[from..].IndexOfAny(s_suspicious);
            if (found < 0) return -1;
            found += from;
            if (!char.IsHighSurrogate(text[found]) || found + 1 == text.Length || !char.IsLowSurrogate(text[found + 1])) return found;
            from = found + 2;
        }
    }

    private static string? Find(SqsOutgoing message, bool isFifo, bool takesDelays)
    {
        if (message.Body.Length == 0) return "its body is empty; at least one character is wanted";
        if (FaultOfText("its body", message.Body) is { } text) return text;
        if (message.Attributes is { Count: > 0 } attributes && FaultOf(message, attributes) is { } attribute) return attribute;
        if (FaultOfIds(message, isFifo) is { } id) return id;
        if (message.Delay is not { } delay) return null;
        if (!takesDelays) return "it has a delay, which a topic does not take";
        if (isFifo && delay > TimeSpan.Zero) return "it has a delay, which a FIFO queue does not take";
        return delay < TimeSpan.Zero || delay > s_longestDelay ? $"its delay is {delay}; it must be between 0 and {s_longestDelay}" : null;
    }

    private static string? FaultOf(SqsOutgoing message, IReadOnlyDictionary<string, string> attributes)
    {
        if (attributes.Count > MostAttributes) return $"it has {attributes.Count} attributes; at most {MostAttributes} are taken";
        foreach (var (name, value) in attributes)
        {
            if (!IsAttributeName(name)) return $"\"{name}\" is no name of an attribute: 1 to {LongestAttributeName} letters, digits, underscores, hyphens and single dots inside, and neither AWS. nor Amazon. in front";
            if (value.Length == 0) return $"its attribute {name} is empty; leave it out";
            if (IsBinary(TypeOf(message, name)))
            {
                if (!System.Buffers.Text.Base64.IsValid(value)) return $"its attribute {name} is of the type Binary, and its value is not Base64";
            }
            else if (FaultOfText($"its attribute {name}", value) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? FaultOfIds(SqsOutgoing message, bool isFifo)
    {
        if (isFifo && message.GroupId is null) return "it has no group, which FIFO wants";
        if (!isFifo && message.DeduplicationId is not null) return "it has a deduplication id, which only FIFO takes";
        if (message.GroupId is { } group && !IsId(group)) return $"its group is \"{group}\"; it must be 1 to {LongestId} letters, digits and punctuation of ASCII";
        if (message.DeduplicationId is { } id && !IsId(id)) return $"its deduplication id is \"{id}\"; it must be 1 to {LongestId} letters, digits and punctuation of ASCII";
        return null;
    }

    private static string? FaultOfText(string what, string text) =>
        IndexOfRefused(text) is >= 0 and var at ? $"{what} has the character U+{(int)text[at]:X4} at {at}, which SQS does not take" : null;

    private static bool IsId(string id) => id.Length is > 0 and <= LongestId && !id.AsSpan().ContainsAnyExcept(s_ofIds);

    private static bool IsAttributeName(string name) =>
        name.Length is > 0 and <= LongestAttributeName && !name.AsSpan().ContainsAnyExcept(s_ofAttributeNames)
        && !name.StartsWith('.') && !name.EndsWith('.') && !name.Contains("..", StringComparison.Ordinal)
        && !name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase);
}
