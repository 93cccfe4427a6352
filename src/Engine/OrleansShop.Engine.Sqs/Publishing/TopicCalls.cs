using System.Runtime.CompilerServices;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Engine.Sqs.Publishing;

/// <summary>The calls about topics and their subscriptions.</summary>
internal sealed class TopicCalls(ServiceCalls calls, CallPolicy policy)
{
    public Task<string> CreateAsync(string name, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> parameters = [new("Name", name)];
        if (MessageRules.IsFifo(name)) Add(parameters, ("FifoTopic", "true"));
        return CallAsync("CreateTopic", name, parameters, "TopicArn", cancellationToken);
    }

    public Task DeleteAsync(string topicArn, CancellationToken cancellationToken) => CallAsync("DeleteTopic", topicArn, [new("TopicArn", topicArn)], null, cancellationToken);

    public Task<string> SubscribeAsync(string topicArn, string queueArn, string? filterPolicy, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> parameters = [new("TopicArn", topicArn), new("Protocol", "sqs"), new("Endpoint", queueArn), new("ReturnSubscriptionArn", "true")];
        if (filterPolicy is null) Add(parameters, ("RawMessageDelivery", "true"));
        else Add(parameters, ("RawMessageDelivery", "true"), ("FilterPolicy", filterPolicy));
        return CallAsync("Subscribe", topicArn, parameters, "SubscriptionArn", cancellationToken);
    }

    public Task UnsubscribeAsync(string subscriptionArn, CancellationToken cancellationToken) =>
        CallAsync("Unsubscribe", subscriptionArn, [new("SubscriptionArn", subscriptionArn)], null, cancellationToken);

    public async IAsyncEnumerable<TopicSubscription> ListAsync(string topicArn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? token = null; ;)
        {
            List<KeyValuePair<string, string>> parameters = [new("TopicArn", topicArn)];
            if (token is not null) parameters.Add(new("NextToken", token));
            var (page, next) = await calls.CallAsync(
                "ListSubscriptionsByTopic", topicArn, QueryProtocol.Write("ListSubscriptionsByTopic", parameters), policy, ReadPage, cancellationToken).ConfigureAwait(false);
            foreach (var subscription in page) yield return subscription;
            if (next is null) yield break;
            if (next == token) throw new SqsException(SqsFailure.AnswerInvalid, $"ListSubscriptionsByTopic at {calls.Place} failed: the service answers with the same page again and again.");
            token = next;
        }
    }

    private Task<string> CallAsync(string operation, string target, List<KeyValuePair<string, string>> parameters, string? result, CancellationToken cancellationToken) =>
        calls.CallAsync(
            operation, target, QueryProtocol.Write(operation, parameters), policy,
            answer => result is null ? "" : QueryProtocol.Read(operation, answer, found => QueryProtocol.Required(found, result)), cancellationToken);

    private static void Add(List<KeyValuePair<string, string>> parameters, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        for (var place = 0; place < attributes.Length; place++)
        {
            parameters.Add(new($"Attributes.entry.{place + 1}.key", attributes[place].Name));
            parameters.Add(new($"Attributes.entry.{place + 1}.value", attributes[place].Value));
        }
    }

    private static (List<TopicSubscription> Page, string? Next) ReadPage(ReadOnlyMemory<byte> answer) => QueryProtocol.Read("ListSubscriptionsByTopic", answer, static result => (
        QueryProtocol.Members(result, "Subscriptions")
            .Select(static one => new TopicSubscription(QueryProtocol.Required(one, "SubscriptionArn"), QueryProtocol.Required(one, "Protocol"), QueryProtocol.Required(one, "Endpoint"))).ToList(),
        QueryProtocol.Text(result, "NextToken")));
}
