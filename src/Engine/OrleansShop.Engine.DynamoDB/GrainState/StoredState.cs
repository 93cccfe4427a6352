using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace OrleansShop.Engine.DynamoDB.GrainState;

/// <summary>An item of the table as a reader sees it.</summary>
/// <param name="ETag">Its count of writes.</param>
/// <param name="Bytes">The state; null if it was cleared.</param>
internal readonly record struct StoredState(string ETag, BinaryData? Bytes)
{
    /// <summary>Reads an item; null if there is none, or its time is over and DynamoDB has not deleted it yet.</summary>
    public static StoredState? Read(GrainStateKey key, IReadOnlyDictionary<string, AttributeValue>? item, long nowSeconds)
    {
        if (!IsThere(item, nowSeconds)) return null;
        var etag = ETagOf(key, item);
        return new StoredState(etag, Content(key, item, etag));
    }

    /// <summary>The ETag of an item; null if there is none, or its time is over.</summary>
    public static string? ETagAlone(GrainStateKey key, IReadOnlyDictionary<string, AttributeValue>? item, long nowSeconds) =>
        IsThere(item, nowSeconds) ? ETagOf(key, item) : null;

    /// <summary>Whether there is an item and its time is not over.</summary>
    public static bool IsThere([NotNullWhen(true)] IReadOnlyDictionary<string, AttributeValue>? item, long nowSeconds) => item is { Count: > 0 } && !HasExpired(item, nowSeconds);

    private static bool HasExpired(IReadOnlyDictionary<string, AttributeValue> item, long nowSeconds) =>
        item.TryGetValue(GrainStateTable.GrainTtl, out var until) && decimal.TryParse(until.N, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds <= nowSeconds;

    private static string ETagOf(GrainStateKey key, IReadOnlyDictionary<string, AttributeValue> item) =>
        item.TryGetValue(GrainStateTable.ETag, out var etag) && etag.N is { } number
            ? number
            : throw new InvalidDataException($"The item with {key} has no number in its attribute {GrainStateTable.ETag}; neither engine writes such an item.");

    private static BinaryData? Content(GrainStateKey key, IReadOnlyDictionary<string, AttributeValue> item, string etag)
    {
        if (!item.TryGetValue(GrainStateTable.State, out var state) || state.NULL == true) return null;

        // A text is what somebody put there by hand: the official engine stores bytes only.
        if (state.S is { } text) return BinaryData.FromBytes(Encoding.UTF8.GetBytes(text));
        if (state.B is not { } bytes) throw new InvalidDataException($"The attribute {GrainStateTable.State} of the item with {key} holds neither bytes nor a text.");
        return item.TryGetValue(GrainStateTable.GrainStateEncoding, out var encoding) && encoding.S is { } how && how.EndsWith($"@{etag}", StringComparison.Ordinal)
            ? Decode(key, how, bytes.ToArray())
            : BinaryData.FromBytes(bytes.ToArray());
    }

    private static BinaryData Decode(GrainStateKey key, string how, byte[] bytes) => how.StartsWith($"{StateContent.Brotli}@", StringComparison.Ordinal)
        ? StateContent.Expand(bytes, key)
        : throw new InvalidDataException($"The item with {key} is encoded as \"{how}\", which this version does not know.");
}
