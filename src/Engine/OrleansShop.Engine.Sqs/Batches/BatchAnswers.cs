using System.Net;
using System.Text.Json;
using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Batches;

/// <summary>Reads what SQS answers to a batch.</summary>
internal static class BatchAnswers
{
    /// <exception cref="InvalidAnswer">It is not what it should be.</exception>
    public static List<EntryAnswer> Read(ReadOnlyMemory<byte> answer) => JsonProtocol.Read(answer, static root =>
    {
        List<EntryAnswer> entries = [];
        foreach (var taken in List(root, "Successful"))
        {
            entries.Add(new EntryAnswer(
                Id(taken), null, MessageId: JsonProtocol.Text(taken, "MessageId"), SequenceNumber: JsonProtocol.Text(taken, "SequenceNumber"), BodyDigest: JsonProtocol.Text(taken, "MD5OfMessageBody")));
        }

        foreach (var failed in List(root, "Failed"))
        {
            var code = JsonProtocol.Text(failed, "Code") ?? throw new InvalidAnswer("a failed entry has no code");
            var fault = ServiceFault.Of(code, JsonProtocol.Text(failed, "Message"), HttpStatusCode.OK);
            entries.Add(new EntryAnswer(Id(failed), fault, IsSenderFault: failed.GetProperty("SenderFault").GetBoolean()));
        }

        return entries;
    });

    private static JsonElement.ArrayEnumerator List(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind != JsonValueKind.Null ? list.EnumerateArray() : default;

    private static int Id(JsonElement entry) => int.Parse(JsonProtocol.Text(entry, "Id") ?? throw new InvalidAnswer("an entry has no id"));
}
