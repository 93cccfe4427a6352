using System.Text.Json;
using OrleansShop.Engine.Sqs.Batches;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Engine.Sqs.Sending;

/// <summary>The calls that send messages to a queue.</summary>
internal sealed class SendCalls(ServiceCalls calls, BatchCalls batches, SqsClientOptions options, CallPolicy policy)
{
    private const int BytesBesideMessages = 512;

    public async Task<SqsSent> SendAsync(string queueUrl, SqsOutgoing message, CancellationToken cancellationToken)
    {
        if (MessageRules.Fault(message, queueUrl, options.MaxMessageBytes) is { } fault) throw fault;

        var payload = JsonProtocol.Write(message.Body.Length + BytesBesideMessages, json =>
        {
            json.WriteString("QueueUrl", queueUrl);
            Write(json, message);
        });
        var (sent, digest) = await calls.CallAsync(
            "SendMessage", queueUrl, payload, policy,
            static answer => JsonProtocol.Read(answer, static root => (
                new SqsSent(JsonProtocol.Text(root, "MessageId") ?? throw new InvalidAnswer("it has no MessageId"), JsonProtocol.Text(root, "SequenceNumber")),
                JsonProtocol.Text(root, "MD5OfMessageBody"))),
            cancellationToken).ConfigureAwait(false);
        return BodyDigest.Fits(message.Body, digest) ? sent : throw Damaged(queueUrl, sent.MessageId);
    }

    public async Task<IReadOnlyList<SqsSent>> SendBatchAsync(string queueUrl, IReadOnlyList<SqsOutgoing> messages, CancellationToken cancellationToken)
    {
        var keepsOrder = options.KeepsGroupOrder && MessageRules.IsFifo(queueUrl);
        var entries = new PendingEntries(
            messages.Count, options.MaxMessageBytes, entry => MessageRules.SizeInBytes(messages[entry]), entry => keepsOrder ? messages[entry].GroupId : null);
        for (var entry = 0; entry < messages.Count; entry++)
        {
            if (entries.Errors[entry] is null && MessageRules.Fault(messages[entry], queueUrl, options.MaxMessageBytes) is { } fault) entries.Fail(entry, fault);
        }

        var sent = new SqsSent[messages.Count];
        await batches.SendAsync(
            "SendMessageBatch", queueUrl, entries, call => WriteBatch(queueUrl, messages, call), BatchAnswers.Read,
            answer =>
            {
                if (!BodyDigest.Fits(messages[answer.Entry].Body, answer.BodyDigest)) return Damaged(queueUrl, answer.MessageId);
                sent[answer.Entry] = new SqsSent(answer.MessageId, answer.SequenceNumber);
                return null;
            },
            cancellationToken).ConfigureAwait(false);

        for (var entry = 0; entry < sent.Length; entry++) sent[entry] ??= new SqsSent(null, null, entries.Errors[entry]);
        return sent;
    }

    private static ReadOnlyMemory<byte> WriteBatch(string queueUrl, IReadOnlyList<SqsOutgoing> messages, IReadOnlyList<int> entries) =>
        JsonProtocol.Write(entries.Sum(entry => messages[entry].Body.Length + BytesBesideMessages), json =>
        {
            json.WriteString("QueueUrl", queueUrl);
            json.WriteStartArray("Entries");
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("Id", entry.ToString());
                Write(json, messages[entry]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private static void Write(Utf8JsonWriter json, SqsOutgoing message)
    {
        json.WriteString("MessageBody", message.Body);
        if (message.Delay is { } delay) json.WriteNumber("DelaySeconds", WholeSeconds.Of(delay));
        if (message.GroupId is { } group) json.WriteString("MessageGroupId", group);
        if (message.DeduplicationId is { } id) json.WriteString("MessageDeduplicationId", id);
        if (message.Attributes is not { Count: > 0 } attributes) return;

        json.WriteStartObject("MessageAttributes");
        foreach (var (name, value) in attributes)
        {
            var type = MessageRules.TypeOf(message, name);
            json.WriteStartObject(name);
            json.WriteString("DataType", type);
            json.WriteString(MessageRules.IsBinary(type) ? "BinaryValue" : "StringValue", value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private SqsException Damaged(string queueUrl, string? messageId) => new(
        SqsFailure.MessageDamaged,
        $"{CalledService.Sqs.Describe(queueUrl)} at {calls.Place} has stored something else than was sent, as message {messageId}: the digests of the body differ. Sending it again makes a second message.");
}
