using System.Text.Json;
using OrleansShop.Engine.Sqs.Streams.Adapting;

namespace OrleansShop.Engine.Sqs.Streams.LargePayloads;

/// <summary>What a message says whose body is in S3.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key of the object.</param>
/// <param name="Length">How many bytes the body has.</param>
/// <param name="Sha256">The digest of those bytes, in hexadecimal digits.</param>
internal sealed record ClaimCheck(string Bucket, string Key, int Length, string Sha256)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public string Write() => JsonSerializer.Serialize(this, s_options);

    /// <exception cref="UnreadableMessageException">It is none.</exception>
    public static ClaimCheck Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<ClaimCheck>(body, s_options) is { Bucket: not null, Key: not null, Length: >= 0, Sha256: not null } read
                ? read
                : throw new UnreadableMessageException("It says that its payload is in S3, and not where.");
        }
        catch (JsonException damaged)
        {
            throw new UnreadableMessageException($"It says that its payload is in S3, and its body is no JSON, or was cut: {damaged.Message}", damaged);
        }
    }
}
