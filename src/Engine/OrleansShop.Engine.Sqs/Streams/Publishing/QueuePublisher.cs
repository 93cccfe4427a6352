using Orleans.Streams;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Engine.Sqs.Streams.Hosting;
using OrleansShop.Engine.Sqs.Streams.Queues;

namespace OrleansShop.Engine.Sqs.Streams.Publishing;

/// <summary>Sends what is published in this process to one queue; what is published at the same time, together. Thread-safe.</summary>
internal sealed class QueuePublisher
{
    private readonly SqsClient _client;
    private readonly StreamQueues _queues;
    private readonly QueueId _queue;
    private readonly GatheredCalls<SqsOutgoing, SqsSent> _calls;

    public QueuePublisher(SqsClient client, StreamQueues queues, QueueId queue, SqsStreamOptions options)
    {
        _client = client;
        _queues = queues;
        _queue = queue;
        _calls = new GatheredCalls<SqsOutgoing, SqsSent>(
            $"messages to the queue \"{queues.NameOf(queue)}\" (SqsStreamOptions.{nameof(options.MaxWaitingSends)})", options.MaxMessageBytes, options.MaxSends, options.MaxWaitingSends, SendAsync);
    }

    /// <summary>Completes when SQS has the message.</summary>
    /// <exception cref="SqsException">SQS may have it or not, if its answer was lost; else it has not.</exception>
    public async Task PublishAsync(SqsOutgoing message)
    {
        var sent = await _calls.AddAsync(message, MessageRules.SizeInBytes(message)).ConfigureAwait(false);
        if (sent.Error is { } error) throw error;
    }

    private async Task<IReadOnlyList<SqsSent>> SendAsync(IReadOnlyList<SqsOutgoing> messages)
    {
        var sent = await SendOnceAsync(messages).ConfigureAwait(false);
        if (sent.All(static one => one.Error?.Failure != SqsFailure.QueueMissing)) return sent;

        // Somebody has deleted it. It is there again if the provider may create queues; if not, this says so.
        _queues.Forget(_queue);
        return await SendOnceAsync(messages).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<SqsSent>> SendOnceAsync(IReadOnlyList<SqsOutgoing> messages)
    {
        var url = await _queues.UrlOf(_queue).ConfigureAwait(false);
        if (messages.Count > 1) return await _client.SendBatchAsync(url, messages).ConfigureAwait(false);
        try
        {
            return [await _client.SendAsync(url, messages[0]).ConfigureAwait(false)];
        }
        catch (SqsException failure)
        {
            return [new SqsSent(null, null, failure)];
        }
    }
}
