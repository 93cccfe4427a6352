using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Streams;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Engine.Sqs.Streams.Hosting;

namespace OrleansShop.Engine.Sqs.Streams.Queues;

/// <summary>Finds the queues of a provider, and creates those that are missing if it may. Attributes of queues that exist are not changed. Thread-safe.</summary>
/// <param name="provider">The provider's name.</param>
/// <param name="service">The id of the service.</param>
/// <param name="client">Calls SQS.</param>
/// <param name="sqs">The options of the programming model.</param>
/// <param name="options">Our own.</param>
/// <param name="logger">Where warnings go.</param>
internal sealed partial class StreamQueues(string provider, string service, SqsClient client, SqsOptions sqs, SqsStreamOptions options, ILogger<StreamQueues> logger)
{
    /// <summary>What a queue that is created hides a message for, if nothing is said.</summary>
    private static readonly TimeSpan s_usualVisibility = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = logger;
    private readonly ConcurrentDictionary<QueueId, Lazy<Task<string>>> _urls = new();
    private readonly ConcurrentDictionary<QueueId, Lazy<Task<StreamQueue>>> _queues = new();

    public string NameOf(QueueId queue) => StreamQueueNames.Of(service, provider, queue.GetNumericId(), sqs.FifoQueue);

    /// <summary>The URL of a queue: all that publishers need.</summary>
    /// <exception cref="SqsException">It cannot be had; the message says what to do.</exception>
    public Task<string> UrlOf(QueueId queue) => Once(_urls, queue, FindAsync);

    /// <summary>A queue with its dead-letter queue: what agents need.</summary>
    /// <exception cref="SqsException">It cannot be had; the message says what to do.</exception>
    public Task<StreamQueue> Of(QueueId queue) => Once(_queues, queue, DescribeAsync);

    /// <summary>A queue that was there is not there any more: the next call looks, and creates it if it may.</summary>
    public void Forget(QueueId queue)
    {
        _urls.TryRemove(queue, out _);
        _queues.TryRemove(queue, out _);
    }

    private static async Task<T> Once<T>(ConcurrentDictionary<QueueId, Lazy<Task<T>>> known, QueueId queue, Func<QueueId, Task<T>> find)
    {
        var finding = known.GetOrAdd(queue, static (key, find) => new Lazy<Task<T>>(() => find(key)), find);
        try
        {
            return await finding.Value.ConfigureAwait(false);
        }
        catch
        {
            // Whoever asks next tries again.
            known.TryRemove(KeyValuePair.Create(queue, finding));
            throw;
        }
    }

    private async Task<string> FindAsync(QueueId queue)
    {
        var name = NameOf(queue);
        try
        {
            return await FindUrlAsync(name).ConfigureAwait(false) ?? await CreateAsync(name).ConfigureAwait(false);
        }
        catch (SqsException failure)
        {
            throw Unusable(name, failure);
        }
    }

    private async Task<StreamQueue> DescribeAsync(QueueId queue)
    {
        var name = NameOf(queue);
        var url = await UrlOf(queue).ConfigureAwait(false);
        try
        {
            var description = await client.GetQueueAttributesAsync(url).ConfigureAwait(false);
            var dead = description.Redrive is { } redrive ? await FindByArnAsync(redrive.DeadLetterArn).ConfigureAwait(false) : await FindUnboundAsync(name).ConfigureAwait(false);
            if (description.IsFifo != sqs.FifoQueue)
                throw Fault(SqsFailure.QueueExists, $"the queue \"{name}\" at {client.Place} {(description.IsFifo ? "is a FIFO queue" : "is a standard queue")}, and SqsOptions.FifoQueue is {sqs.FifoQueue}.");
            return new StreamQueue(name, url, dead, sqs.VisibilityTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : description.Visibility, sqs.FifoQueue);
        }
        catch (SqsException failure)
        {
            Forget(queue);
            throw Unusable(name, failure);
        }
    }

    private async Task<string> CreateAsync(string name)
    {
        if (!options.CreateQueues)
        {
            throw Fault(
                SqsFailure.QueueMissing,
                $"there is no queue \"{name}\" at {client.Place}, and SqsStreamOptions.CreateQueues is false. Create it with a redrive policy to \"{DeadLettersOf(name)}\", or set CreateQueues and allow sqs:CreateQueue.");
        }

        var dead = await FindOrCreateDeadLettersAsync(name).ConfigureAwait(false);
        var attributes = new SqsQueueAttributes
        {
            Visibility = sqs.VisibilityTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : s_usualVisibility,
            Retention = options.Retention,
            Redrive = new RedrivePolicy((await client.GetQueueAttributesAsync(dead).ConfigureAwait(false)).Arn, options.MaxReceiveCount),

            // Each group on its own: streams do not slow each other down.
            CountsByGroup = MessageRules.IsFifo(name) ? true : null,
        };
        return await CreateOrFindAsync(name, attributes).ConfigureAwait(false);
    }

    private async Task<string> FindOrCreateDeadLettersAsync(string queue)
    {
        var name = DeadLettersOf(queue);
        return await FindUrlAsync(name).ConfigureAwait(false) ?? await CreateOrFindAsync(name, new SqsQueueAttributes { Retention = options.DeadLetterRetention }).ConfigureAwait(false);
    }

    // Another silo may have been faster, with other options.
    private async Task<string> CreateOrFindAsync(string name, SqsQueueAttributes attributes)
    {
        try
        {
            return await client.CreateQueueAsync(name, attributes).ConfigureAwait(false);
        }
        catch (SqsException failure) when (failure.Failure == SqsFailure.QueueExists)
        {
            return await client.GetQueueUrlAsync(name).ConfigureAwait(false);
        }
    }

    private async Task<string?> FindUrlAsync(string name)
    {
        try
        {
            return await client.GetQueueUrlAsync(name).ConfigureAwait(false);
        }
        catch (SqsException failure) when (failure.Failure == SqsFailure.QueueMissing)
        {
            return null;
        }
    }

    private Task<string> FindByArnAsync(string arn)
    {
        // arn:aws:sqs:region:account:name
        var parts = arn.Split(':');
        return parts.Length == 6
            ? client.GetQueueUrlAsync(parts[5], parts[4])
            : throw Fault(SqsFailure.AnswerInvalid, $"a redrive policy names \"{arn}\", which is no ARN of a queue.");
    }

    private async Task<string> FindUnboundAsync(string queue)
    {
        var name = DeadLettersOf(queue);
        LogNoRedrivePolicy(queue, provider, name);
        if (await FindUrlAsync(name).ConfigureAwait(false) is { } url) return url;
        return options.CreateQueues
            ? await FindOrCreateDeadLettersAsync(queue).ConfigureAwait(false)
            : throw Fault(
                SqsFailure.QueueMissing,
                $"the queue \"{queue}\" at {client.Place} has no redrive policy, there is no queue \"{name}\" for its dead letters, and SqsStreamOptions.CreateQueues is false. Create that queue and name it in a redrive policy.");
    }

    private string DeadLettersOf(string queue) => StreamQueueNames.OfDeadLetters(queue, options.DeadLetterSuffix);

    private SqsException Fault(SqsFailure failure, string what) => new(failure, $"Stream provider \"{provider}\" cannot use its queues: {what}");

    private SqsException Unusable(string queue, SqsException failure) => failure.Message.StartsWith("Stream provider", StringComparison.Ordinal)
        ? failure
        : new SqsException(failure.Failure, $"Stream provider \"{provider}\" cannot use its queue \"{queue}\": {failure.Message}", failure) { Code = failure.Code, MayPass = failure.MayPass };

    [LoggerMessage(1970, LogLevel.Warning, "The queue {Queue} of stream provider {Provider} has no redrive policy: a message that ends every process which takes it comes again and again. It is left as it is; {DeadLetters} takes dead letters.")]
    private partial void LogNoRedrivePolicy(string queue, string provider, string deadLetters);
}
