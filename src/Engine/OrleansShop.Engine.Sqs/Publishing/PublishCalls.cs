using System.Net;
using System.Xml.Linq;
using OrleansShop.Engine.Sqs.Batches;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Engine.Sqs.Publishing;

/// <summary>The calls that publish messages to a topic.</summary>
internal sealed class PublishCalls(ServiceCalls calls, BatchCalls batches, SqsClientOptions options, CallPolicy policy)
{
    public Task<SqsSent> PublishAsync(string topicArn, SqsOutgoing message, CancellationToken cancellationToken)
    {
        if (MessageRules.Fault(calls.Service, topicArn, message, MessageRules.SizeInBytes(message), options.MaxNotificationBytes) is { } fault) throw fault;

        var request = QueryProtocol.Write("Publish", [new("TopicArn", topicArn), .. Parameters("", message)]);
        return calls.CallAsync("Publish", topicArn, request, policy, static answer => QueryProtocol.Read("Publish", answer, static result =>
            new SqsSent(QueryProtocol.Required(result, "MessageId"), QueryProtocol.Text(result, "SequenceNumber"))), cancellationToken);
    }

    public async Task<IReadOnlyList<SqsSent>> PublishBatchAsync(string topicArn, IReadOnlyList<SqsOutgoing> messages, CancellationToken cancellationToken)
    {
        var batch = new MessageBatch(calls.Service, topicArn, messages, options.MaxNotificationBytes, options.KeepsGroupOrder);
        await batches.SendAsync("PublishBatch", topicArn, batch.Entries, call => WriteBatch(topicArn, messages, call), ReadBatch, batch.Take, cancellationToken).ConfigureAwait(false);
        return batch.Results();
    }

    private static ReadOnlyMemory<byte> WriteBatch(string topicArn, IReadOnlyList<SqsOutgoing> messages, IReadOnlyList<int> entries) =>
        QueryProtocol.Write("PublishBatch", entries
            .SelectMany((entry, place) => Parameters($"PublishBatchRequestEntries.member.{place + 1}.", messages[entry])
                .Prepend(new($"PublishBatchRequestEntries.member.{place + 1}.Id", entry.ToString())))
            .Prepend(new("TopicArn", topicArn)));

    private static IEnumerable<KeyValuePair<string, string>> Parameters(string prefix, SqsOutgoing message)
    {
        yield return new($"{prefix}Message", message.Body);
        if (message.GroupId is { } group) yield return new($"{prefix}MessageGroupId", group);
        if (message.DeduplicationId is { } id) yield return new($"{prefix}MessageDeduplicationId", id);
        var place = 0;
        foreach (var (name, value) in message.Attributes ?? MessageRules.NoAttributes)
        {
            var attribute = $"{prefix}MessageAttributes.entry.{++place}.";
            var type = MessageRules.TypeOf(message, name);
            yield return new($"{attribute}Name", name);
            yield return new($"{attribute}Value.DataType", type);
            yield return new($"{attribute}Value.{(MessageRules.IsBinary(type) ? "BinaryValue" : "StringValue")}", value);
        }
    }

    private static List<EntryAnswer> ReadBatch(ReadOnlyMemory<byte> answer) => QueryProtocol.Read("PublishBatch", answer, static result =>
    {
        List<EntryAnswer> entries = [];
        foreach (var taken in QueryProtocol.Members(result, "Successful"))
            entries.Add(new EntryAnswer(Id(taken), null, MessageId: QueryProtocol.Required(taken, "MessageId"), SequenceNumber: QueryProtocol.Text(taken, "SequenceNumber")));

        foreach (var failed in QueryProtocol.Members(result, "Failed"))
        {
            var fault = ServiceFault.Of(QueryProtocol.Required(failed, "Code"), QueryProtocol.Text(failed, "Message"), HttpStatusCode.OK);
            entries.Add(new EntryAnswer(Id(failed), fault, IsSenderFault: QueryProtocol.Required(failed, "SenderFault") == "true"));
        }

        return entries;
    });

    private static int Id(XElement entry) => int.TryParse(QueryProtocol.Required(entry, "Id"), out var id) ? id : throw new InvalidAnswer("the id of an entry is not a number");
}
