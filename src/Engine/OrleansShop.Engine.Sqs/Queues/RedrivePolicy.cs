using System.Text.Json;
using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Queues;

/// <summary>After how many receives without a delete SQS moves a message away, and where to.</summary>
/// <param name="DeadLetterArn">The ARN of a queue of the same kind, account and region.</param>
/// <param name="MaxReceiveCount">1 to 1,000.</param>
internal sealed record RedrivePolicy(string DeadLetterArn, int MaxReceiveCount)
{
    /// <summary>The attribute of a queue.</summary>
    public string ToJson() => $$"""{"deadLetterTargetArn":{{JsonSerializer.Serialize(DeadLetterArn)}},"maxReceiveCount":{{MaxReceiveCount}}}""";

    /// <summary>Reads the attribute of a queue. Whoever made the queue may have given the count as a string.</summary>
    /// <exception cref="InvalidAnswer">It has no target.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static RedrivePolicy Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var count = document.RootElement.GetProperty("maxReceiveCount");
        return new RedrivePolicy(
            JsonProtocol.Text(document.RootElement, "deadLetterTargetArn") ?? throw new InvalidAnswer("a redrive policy has no target"),
            count.ValueKind == JsonValueKind.String ? int.Parse(count.GetString()!) : count.GetInt32());
    }
}
