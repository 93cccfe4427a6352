using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Sqs.Batches;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;

namespace OrleansShop.Engine.Sqs;

/// <summary>
/// The calls to SQS that are needed here. What is throttled or not answered is repeated, as <see cref="SqsClientOptions"/> say; what fails throws
/// <see cref="SqsException"/>. Thread-safe: one for a process is enough.
/// </summary>
/// <remarks>
/// A call whose answer was lost is repeated too, and may have been done: a standard queue can then have a message twice, a FIFO queue cannot. Received
/// messages whose answer was lost, or whose caller has cancelled, are received again when their visibility timeout is over.
/// </remarks>
internal sealed class SqsClient : IDisposable
{
    private readonly ServiceCalls _calls;
    private readonly QueueCalls _queues;
    private readonly SendCalls _sending;
    private readonly ReceiveCalls _receiving;
    private readonly ReceiptCalls _receipts;

    /// <param name="options">Where SQS is.</param>
    /// <param name="logger">Where repeated calls are reported.</param>
    /// <param name="time">Pauses, time limits, and the time in signatures.</param>
    /// <param name="meters">Where calls are counted; null for nowhere that is shared.</param>
    /// <exception cref="SqsException">There is no region, or no such profile.</exception>
    public SqsClient(SqsClientOptions options, ILogger<SqsClient> logger, TimeProvider time, IMeterFactory? meters = null)
    {
        _calls = ServiceConnection.Open(CalledService.Sqs, options, JsonProtocol.Instance, logger, time, meters);
        var policy = ServiceConnection.PolicyOf(options);
        var batches = new BatchCalls(_calls, policy);
        _queues = new QueueCalls(_calls, policy);
        _sending = new SendCalls(_calls, batches, options, policy);
        _receiving = new ReceiveCalls(_calls, policy, logger);
        _receipts = new ReceiptCalls(_calls, batches, policy);
    }

    /// <summary>The URL of the service, for messages.</summary>
    public string Place => _calls.Place;

    /// <summary>Creates a queue, or finds one of that name with the same attributes. A queue whose name ends with <c>.fifo</c> is a FIFO queue.</summary>
    /// <returns>Its URL.</returns>
    public Task<string> CreateQueueAsync(string name, SqsQueueAttributes? attributes = null, CancellationToken cancellationToken = default) =>
        _queues.CreateAsync(name, attributes ?? SqsQueueAttributes.Default, cancellationToken);

    /// <summary>The URL of a queue of an account; of the caller's, if none is named.</summary>
    public Task<string> GetQueueUrlAsync(string name, string? ownerAccount = null, CancellationToken cancellationToken = default) => _queues.FindAsync(name, ownerAccount, cancellationToken);

    /// <summary>What is known of a queue. Its counts are approximate, and up to a minute behind.</summary>
    public Task<SqsQueueDescription> GetQueueAttributesAsync(string queueUrl, CancellationToken cancellationToken = default) => _queues.DescribeAsync(queueUrl, cancellationToken);

    /// <summary>Changes those attributes that are set. It takes up to a minute until all of SQS knows.</summary>
    public Task SetQueueAttributesAsync(string queueUrl, SqsQueueAttributes attributes, CancellationToken cancellationToken = default) => _queues.ChangeAsync(queueUrl, attributes, cancellationToken);

    /// <summary>The URLs of all queues of the account and region whose names begin so; of all, if nothing is said.</summary>
    public IAsyncEnumerable<string> ListQueuesAsync(string? prefix = null, CancellationToken cancellationToken = default) => _queues.ListAsync(prefix, cancellationToken);

    /// <summary>Deletes all messages of a queue, also those sent within the next minute. SQS allows it once in 60 s.</summary>
    public Task PurgeQueueAsync(string queueUrl, CancellationToken cancellationToken = default) => _queues.PurgeAsync(queueUrl, cancellationToken);

    /// <summary>Deletes a queue with its messages. Its name is free again after 60 s.</summary>
    public Task DeleteQueueAsync(string queueUrl, CancellationToken cancellationToken = default) => _queues.DeleteAsync(queueUrl, cancellationToken);

    /// <summary>Sends one message.</summary>
    /// <exception cref="SqsException">It is not sent; or the queue has stored something else, <see cref="SqsFailure.MessageDamaged"/>.</exception>
    public Task<SqsSent> SendAsync(string queueUrl, SqsOutgoing message, CancellationToken cancellationToken = default) => _sending.SendAsync(queueUrl, message, cancellationToken);

    /// <summary>Sends any number of messages in as few calls as limits allow, one call after the other, in their order.</summary>
    /// <returns>What became of each, in the order of <paramref name="messages"/>. Failures are here and are not thrown.</returns>
    public Task<IReadOnlyList<SqsSent>> SendBatchAsync(string queueUrl, IReadOnlyList<SqsOutgoing> messages, CancellationToken cancellationToken = default) =>
        _sending.SendBatchAsync(queueUrl, messages, cancellationToken);

    /// <summary>Receives up to ten messages; waits for a first one as long as <paramref name="receive"/> says, or the queue. Empty if there is none.</summary>
    public Task<IReadOnlyList<SqsMessage>> ReceiveAsync(string queueUrl, SqsReceive? receive = null, CancellationToken cancellationToken = default) =>
        _receiving.ReceiveAsync(queueUrl, receive ?? new SqsReceive(), cancellationToken);

    /// <summary>Deletes a received message. One that is deleted already is no error.</summary>
    public Task DeleteAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken = default) => _receipts.DeleteAsync(queueUrl, receiptHandle, cancellationToken);

    /// <summary>Deletes any number of received messages.</summary>
    /// <returns>Why each was not deleted, null if it was; in the order of <paramref name="receiptHandles"/>.</returns>
    public Task<IReadOnlyList<SqsException?>> DeleteBatchAsync(string queueUrl, IReadOnlyList<string> receiptHandles, CancellationToken cancellationToken = default) =>
        _receipts.DeleteBatchAsync(queueUrl, receiptHandles, cancellationToken);

    /// <summary>Hides a received message for that long from now, in whole seconds; zero gives it back at once. At most 12 h since it was received.</summary>
    public Task ChangeVisibilityAsync(string queueUrl, string receiptHandle, TimeSpan visibility, CancellationToken cancellationToken = default) =>
        _receipts.ChangeVisibilityAsync(queueUrl, receiptHandle, visibility, cancellationToken);

    /// <summary>Hides any number of received messages for that long from now.</summary>
    /// <returns>Why the visibility of each was not changed, null if it was; in the order of <paramref name="changes"/>.</returns>
    public Task<IReadOnlyList<SqsException?>> ChangeVisibilityBatchAsync(string queueUrl, IReadOnlyList<VisibilityChange> changes, CancellationToken cancellationToken = default) =>
        _receipts.ChangeVisibilityBatchAsync(queueUrl, changes, cancellationToken);

    public void Dispose() => _calls.Dispose();
}
