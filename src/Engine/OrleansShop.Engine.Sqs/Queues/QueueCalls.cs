using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Engine.Sqs.Queues;

/// <summary>The calls about queues themselves.</summary>
internal sealed class QueueCalls(ServiceCalls calls, CallPolicy policy)
{
    private const int PageSize = 1000;

    public Task<string> CreateAsync(string name, SqsQueueAttributes attributes, CancellationToken cancellationToken)
    {
        QueueName.Check(name);
        var map = attributes.ToMap();

        // A name that was deleted less than a minute ago is taken still: this waits for it.
        var patient = policy with { GiveUpAfter = policy.GiveUpAfter > CallPolicy.OfStart.GiveUpAfter ? policy.GiveUpAfter : CallPolicy.OfStart.GiveUpAfter };
        return calls.CallAsync("CreateQueue", name, Write("QueueName", name, json => WriteAttributes(json, map, isFifo: MessageRules.IsFifo(name))), patient, ReadUrl, cancellationToken);
    }

    public Task<string> FindAsync(string name, string? ownerAccount, CancellationToken cancellationToken)
    {
        QueueName.Check(name);
        return calls.CallAsync("GetQueueUrl", name, Write("QueueName", name, json =>
        {
            if (ownerAccount is not null) json.WriteString("QueueOwnerAWSAccountId", ownerAccount);
        }), policy, ReadUrl, cancellationToken);
    }

    public Task<SqsQueueDescription> DescribeAsync(string queueUrl, CancellationToken cancellationToken) =>
        calls.CallAsync("GetQueueAttributes", queueUrl, Write("QueueUrl", queueUrl, static json =>
        {
            json.WriteStartArray("AttributeNames");
            json.WriteStringValue("All");
            json.WriteEndArray();
        }), policy, SqsQueueDescription.Read, cancellationToken);

    public Task ChangeAsync(string queueUrl, SqsQueueAttributes attributes, CancellationToken cancellationToken)
    {
        var map = attributes.ToMap();
        return map.Count == 0
            ? Task.CompletedTask
            : calls.CallAsync("SetQueueAttributes", queueUrl, Write("QueueUrl", queueUrl, json => WriteAttributes(json, map, isFifo: false)), policy, static _ => 0, cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(string? prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? token = null; ;)
        {
            var (urls, next) = await calls.CallAsync("ListQueues", prefix ?? "*", WriteList(prefix, token), policy, ReadList, cancellationToken).ConfigureAwait(false);
            foreach (var url in urls) yield return url;
            if (next is null) yield break;
            if (next == token) throw new SqsException(SqsFailure.AnswerInvalid, $"ListQueues at {calls.Place} failed: the service answers with the same page again and again.");
            token = next;
        }
    }

    public Task PurgeAsync(string queueUrl, CancellationToken cancellationToken) =>
        calls.CallAsync("PurgeQueue", queueUrl, Write("QueueUrl", queueUrl, static _ => { }), policy, static _ => 0, cancellationToken);

    public Task DeleteAsync(string queueUrl, CancellationToken cancellationToken) =>
        calls.CallAsync("DeleteQueue", queueUrl, Write("QueueUrl", queueUrl, static _ => { }), policy, static _ => 0, cancellationToken);

    private static ReadOnlyMemory<byte> Write(string name, string value, Action<Utf8JsonWriter> writeMore) => JsonProtocol.Write(512, json =>
    {
        json.WriteString(name, value);
        writeMore(json);
    });

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyDictionary<string, string> attributes, bool isFifo)
    {
        json.WriteStartObject("Attributes");
        if (isFifo) json.WriteString("FifoQueue", "true");
        foreach (var (name, value) in attributes) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> WriteList(string? prefix, string? token) => JsonProtocol.Write(512, json =>
    {
        if (prefix is not null) json.WriteString("QueueNamePrefix", prefix);
        json.WriteNumber("MaxResults", PageSize);
        if (token is not null) json.WriteString("NextToken", token);
    });

    private static string ReadUrl(ReadOnlyMemory<byte> answer) =>
        JsonProtocol.Read(answer, static root => JsonProtocol.Text(root, "QueueUrl") ?? throw new InvalidAnswer("it has no QueueUrl"));

    private static (List<string> Urls, string? Next) ReadList(ReadOnlyMemory<byte> answer) => JsonProtocol.Read(answer, static root => (
        root.TryGetProperty("QueueUrls", out var urls) && urls.ValueKind != JsonValueKind.Null
            ? urls.EnumerateArray().Select(static url => url.GetString() ?? throw new InvalidAnswer("a URL is null")).ToList()
            : [],
        JsonProtocol.Text(root, "NextToken")));
}
