using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Runtime;

namespace OrleansShop.Engine.Sqs.Streams.DeadLetters;

/// <summary>All about a dead letter, as it is written into an attribute. Pure ASCII: other characters are escaped, which SQS might refuse.</summary>
internal sealed record ReasonJson
{
    private static readonly JsonSerializerOptions s_options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The stream as the bytes of its namespace and key in Base64: not every stream can be read from its text.</summary>
    public string? StreamNamespace { get; init; }

    public required string StreamKey { get; init; }

    public Guid Subscription { get; init; }

    public string? Consumer { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset FirstFailedAt { get; init; }

    public required DateTimeOffset FailedAt { get; init; }

    public required string Type { get; init; }

    public required string Message { get; init; }

    public string? Detail { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>What SQS called the message in its queue.</summary>
    public string? MessageId { get; init; }

    /// <summary>Whether every part is what it is to be. The reader of JSON sees to types alone.</summary>
    private bool IsWhole =>
        this is { StreamKey.Length: > 0, Type: not null, Message: not null }
        && Base64.IsValid(StreamKey)
        && (StreamNamespace is null || (Base64.IsValid(StreamNamespace, out var bytes) && bytes <= ushort.MaxValue))
        && (Consumer is null || GrainId.TryParse(Consumer, out _));

    public string Write() => JsonSerializer.Serialize(this, s_options);

    /// <summary>Null if it is none: others may write to the queue too.</summary>
    public static ReasonJson? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ReasonJson>(text, s_options) is { IsWhole: true } whole ? whole : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
