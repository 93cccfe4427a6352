using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Sqs.Batches;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Engine.Sqs.Publishing;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Engine.Sqs.Sending;

namespace OrleansShop.Engine.Sqs;

/// <summary>
/// The calls to SNS that are needed here: what is published to a topic comes to every queue that has subscribed. It is repeated and fails as with
/// <see cref="SqsClient"/>. Thread-safe: one for a process is enough.
/// </summary>
internal sealed class SnsClient : IDisposable
{
    private readonly ServiceCalls _calls;
    private readonly TopicCalls _topics;
    private readonly PublishCalls _publishing;

    /// <param name="options">Where SNS is: with a URL, that of SNS.</param>
    /// <param name="logger">Where repeated calls are reported.</param>
    /// <param name="time">Pauses, time limits, and the time in signatures.</param>
    /// <param name="meters">Where calls are counted; null for nowhere that is shared.</param>
    /// <exception cref="SqsException">There is no region, or no such profile.</exception>
    public SnsClient(SqsClientOptions options, ILogger<SnsClient> logger, TimeProvider time, IMeterFactory? meters = null)
    {
        _calls = ServiceConnection.Open(CalledService.Sns, options, QueryProtocol.Instance, logger, time, meters);
        var policy = ServiceConnection.PolicyOf(options);
        _topics = new TopicCalls(_calls, policy);
        _publishing = new PublishCalls(_calls, new BatchCalls(_calls, policy), options, policy);
    }

    /// <summary>The URL of the service, for messages.</summary>
    public string Place => _calls.Place;

    /// <summary>Creates a topic, or finds it. A topic whose name ends with <c>.fifo</c> is a FIFO topic.</summary>
    /// <returns>Its ARN.</returns>
    public Task<string> CreateTopicAsync(string name, CancellationToken cancellationToken = default) => _topics.CreateAsync(name, cancellationToken);

    /// <summary>Deletes a topic with its subscriptions. One that is deleted already is no error.</summary>
    public Task DeleteTopicAsync(string topicArn, CancellationToken cancellationToken = default) => _topics.DeleteAsync(topicArn, cancellationToken);

    /// <summary>
    /// Has a queue get what is published, as it is: body and attributes, no envelope. The queue's policy must let the topic send: <see cref="SubscribeAsync"/>
    /// sees to both. A queue that has subscribed already keeps its subscription.
    /// </summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="queueArn">The queue; a FIFO topic takes FIFO queues for order, and others.</param>
    /// <param name="filterPolicy">Which messages, as JSON over their attributes; null for all.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    /// <returns>The ARN of the subscription.</returns>
    public Task<string> SubscribeQueueAsync(string topicArn, string queueArn, string? filterPolicy = null, CancellationToken cancellationToken = default) =>
        _topics.SubscribeAsync(topicArn, queueArn, filterPolicy, cancellationToken);

    /// <summary>Lets a topic send to a queue, and has the queue get what is published, as it is.</summary>
    /// <remarks>Two who change the policy of one queue at the same moment can overwrite each other: SQS has no condition for it.</remarks>
    /// <param name="topicArn">The topic.</param>
    /// <param name="queues">The client of the queue.</param>
    /// <param name="queueUrl">The queue.</param>
    /// <param name="filterPolicy">Which messages, as JSON over their attributes; null for all.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    /// <returns>The ARN of the subscription.</returns>
    /// <exception cref="FormatException">The queue's policy is not one.</exception>
    public async Task<string> SubscribeAsync(string topicArn, SqsClient queues, string queueUrl, string? filterPolicy = null, CancellationToken cancellationToken = default)
    {
        var queue = await queues.GetQueueAttributesAsync(queueUrl, cancellationToken).ConfigureAwait(false);
        if (QueuePolicy.Allow(queue.Policy, queue.Arn, topicArn) is { } policy)
            await queues.SetQueueAttributesAsync(queueUrl, new SqsQueueAttributes { Policy = policy }, cancellationToken).ConfigureAwait(false);
        return await SubscribeQueueAsync(topicArn, queue.Arn, filterPolicy, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a subscription. One that is ended already is no error.</summary>
    public Task UnsubscribeAsync(string subscriptionArn, CancellationToken cancellationToken = default) => _topics.UnsubscribeAsync(subscriptionArn, cancellationToken);

    /// <summary>All who get what is published.</summary>
    public IAsyncEnumerable<TopicSubscription> ListSubscriptionsAsync(string topicArn, CancellationToken cancellationToken = default) => _topics.ListAsync(topicArn, cancellationToken);

    /// <summary>Publishes one message. SNS takes 256 KiB where SQS takes more, and no delay.</summary>
    public Task<SqsSent> PublishAsync(string topicArn, SqsOutgoing message, CancellationToken cancellationToken = default) => _publishing.PublishAsync(topicArn, message, cancellationToken);

    /// <summary>Publishes any number of messages in as few calls as limits allow, one call after the other, in their order.</summary>
    /// <returns>What became of each, in the order of <paramref name="messages"/>. Failures are here and are not thrown.</returns>
    public Task<IReadOnlyList<SqsSent>> PublishBatchAsync(string topicArn, IReadOnlyList<SqsOutgoing> messages, CancellationToken cancellationToken = default) =>
        _publishing.PublishBatchAsync(topicArn, messages, cancellationToken);

    public void Dispose() => _calls.Dispose();
}
