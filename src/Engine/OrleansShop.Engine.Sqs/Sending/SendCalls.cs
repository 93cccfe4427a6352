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
        var size = MessageRules.SizeInBytes(message);
        if (MessageRules.Fault(calls.Service, queueUrl, message, size, options.MaxMessageBytes) is { } fault) throw fault;

        var payload = JsonProtocol.Write(size + BytesBesideMessages, json =>
        {
            json.WriteString("QueueUrl", queueUrl);
            Write(json, message);
        });
        var (sent, digest) = await calls.CallAsync("SendMessage", queueUrl, payload, policy, Read, cancellationToken).ConfigureAwait(false);
        return BodyDigest.Fits(message.Body, digest) ? sent : throw Damaged(queueUrl, sent.MessageId);
    }

    public async Task<IReadOnlyList<SqsSent>> SendBatchAsync(string queueUrl, IReadOnlyList<SqsOutgoing> messages, CancellationToken cancellationToken)
    {
        var batch = new MessageBatch(calls.Service, queueUrl, messages, options.MaxMessageBytes, options.KeepsGroupOrder);
        await batches.SendAsync(
            "SendMessageBatch", queueUrl, batch.Entries, call => WriteBatch(queueUrl, batch, call), BatchAnswers.Read,
            answer => BodyDigest.Fits(messages[answer.Entry].Body, answer.BodyDigest) ? batch.Take(answer) : Damaged(queueUrl, answer.MessageId),
            cancellationToken).ConfigureAwait(false);
        return batch.Results();
    }

    private static ReadOnlyMemory<byte> WriteBatch(string queueUrl, MessageBatch batch, IReadOnlyList<int> entries) =>
        JsonProtocol.WriteEntries(queueUrl, entries.Sum(entry => batch.Sizes[entry] + BytesBesideMessages), entries, (json, entry) => Write(json, batch.Messages[entry]));

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

    private static (SqsSent Sent, string? Digest) Read(ReadOnlyMemory<byte> answer) => JsonProtocol.Read(answer, static root => (
        new SqsSent(JsonProtocol.Text(root, "MessageId") ?? throw new InvalidAnswer("it has no MessageId"), JsonProtocol.Text(root, "SequenceNumber")),
        JsonProtocol.Text(root, "MD5OfMessageBody")));

    private SqsException Damaged(string queueUrl, string? messageId) => new(
        SqsFailure.MessageDamaged,
        $"{calls.Service.Describe(queueUrl)} at {calls.Place} has stored something else than was sent, as message {messageId}: the digests of the body differ. Sending it again makes a second message.");
}
