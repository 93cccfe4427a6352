namespace OrleansShop.Engine.Sqs.Tests.Streams.Receiving;

/// <summary>A message that a scripted queue gives out. Its body is its id, unless it says that its payload is in S3.</summary>
internal sealed record ScriptedMessage(string Id, string Group)
{
    public int ReceiveCount { get; init; } = 1;

    /// <summary>What it refers to; null for nothing.</summary>
    public StoredPayload? Payload { get; init; }

    /// <summary>What it is known by when it is given out.</summary>
    public string ReceiptHandle => $"{Id}/{ReceiveCount}";

    public object ToJson() => new
    {
        MessageId = Id,
        ReceiptHandle,
        Body = Payload?.Claim ?? Id,
        Attributes = new Dictionary<string, string> { ["MessageGroupId"] = Group, ["ApproximateReceiveCount"] = $"{ReceiveCount}", ["SentTimestamp"] = "1700000000000" },
        MessageAttributes = Payload is null ? [] : new Dictionary<string, object> { ["claim-check"] = new { DataType = "String", StringValue = "s3" } },
    };
}
