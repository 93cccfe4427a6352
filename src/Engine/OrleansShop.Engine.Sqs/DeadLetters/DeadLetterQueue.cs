using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;

namespace OrleansShop.Engine.Sqs.DeadLetters;

/// <summary>
/// Looks at the messages of a dead-letter queue, sends them where they came from, or deletes them: those that fit a filter. SQS's own redrive has no filter.
/// Thread-safe; two who do this to one queue at the same time see a part each.
/// </summary>
/// <remarks>
/// To look at a message is to receive it: its receive count goes up by one. A redriven message is a new message: with the same body, attributes and group, a new id and
/// time, a receive count of zero, and without the trace header of its system attributes.
/// </remarks>
/// <param name="client">The client of the queue.</param>
/// <param name="queueUrl">The dead-letter queue.</param>
/// <param name="logger">Where it is reported that messages could not be given back.</param>
internal sealed class DeadLetterQueue(SqsClient client, string queueUrl, ILogger<DeadLetterQueue> logger)
{
    /// <summary>The most messages that one of these operations looks at. SQS hides no more than 20,000 of a FIFO queue at a time.</summary>
    public const int MostExamined = 10_000;

    // As long as a walk over the most messages takes; a message that is not given back because the process died is visible after it.
    private static readonly TimeSpan VisibilityWhileListed = TimeSpan.FromSeconds(60);

    // As long as it takes to send and to delete ten messages while SQS throttles, so that no other redrive sends them too.
    private static readonly TimeSpan VisibilityWhileRedriven = TimeSpan.FromMinutes(3);

    /// <summary>The messages that fit, in the order in which they were received. Nobody can receive them meanwhile; afterwards everybody can.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="most">How many at most: 1 to <see cref="MostExamined"/>.</param>
    /// <param name="cancellationToken">Ends it; what was hidden is given back.</param>
    /// <exception cref="SqsException">The queue cannot be received from.</exception>
    public async Task<DeadLetterList> ListAsync(DeadLetterFilter filter, int most, CancellationToken cancellationToken)
    {
        CheckMost(most);
        List<SqsMessage> found = [];
        await using var walk = new DeadLetterWalk(client, queueUrl, VisibilityWhileListed, MostExamined, logger);
        while (found.Count < most && await walk.NextAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } messages)
            found.AddRange(messages.Where(filter.Fits).Take(most - found.Count));
        return new DeadLetterList(found, walk.Seen, walk.IsAtEnd);
    }

    /// <summary>One message; null if it is not found among those that can be received.</summary>
    public async Task<SqsMessage?> ShowAsync(string messageId, CancellationToken cancellationToken) =>
        (await ListAsync(new DeadLetterFilter { MessageIds = new HashSet<string> { messageId } }, most: 1, cancellationToken).ConfigureAwait(false)).Messages is [var found] ? found : null;

    /// <summary>
    /// Sends the messages that fit to a queue, and deletes them here. First sent, then deleted: nothing is lost when this process dies in between, and the message
    /// is then in both. Redriven again within five minutes, a FIFO queue takes it for the same; else, and on standard queues, it is there twice.
    /// </summary>
    /// <remarks>
    /// The deduplication id of a redriven message is made of its id here. Its own one will not do: within five minutes of the first sending SQS would accept the
    /// message and drop it as a duplicate, and the deletion would then lose it.
    /// </remarks>
    /// <param name="filter">Which ones.</param>
    /// <param name="targetUrl">Where to; null for the queue that each came from, if SQS says so.</param>
    /// <param name="most">How many at most: 1 to <see cref="MostExamined"/>.</param>
    /// <param name="cancellationToken">Ends it between messages.</param>
    /// <exception cref="SqsException">The dead-letter queue cannot be received from.</exception>
    public async Task<DeadLetterOutcome> RedriveAsync(DeadLetterFilter filter, string? targetUrl, int most, CancellationToken cancellationToken)
    {
        Dictionary<string, string> urls = [];
        return await ForEachAsync(filter, VisibilityWhileRedriven, most, async (messages, failures) =>
        {
            List<SqsMessage> sent = [];
            foreach (var (target, ofTarget) in await FindTargetsAsync(messages, targetUrl, urls, failures, cancellationToken).ConfigureAwait(false))
            {
                var isFifo = MessageRules.IsFifo(target);
                var results = await client.SendBatchAsync(target, [.. ofTarget.Select(message => Again(message, isFifo))], CancellationToken.None).ConfigureAwait(false);
                for (var place = 0; place < results.Count; place++)
                {
                    if (results[place].Error is { } error) failures.Add(new DeadLetterFailure(ofTarget[place].Id, error, WasSent: error.Failure == SqsFailure.MessageDamaged));
                    else sent.Add(ofTarget[place]);
                }
            }

            return sent;
        }, wasSent: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the messages that fit.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="most">How many at most: 1 to <see cref="MostExamined"/>.</param>
    /// <param name="cancellationToken">Ends it between messages.</param>
    /// <exception cref="SqsException">The queue cannot be received from.</exception>
    public Task<DeadLetterOutcome> DeleteAsync(DeadLetterFilter filter, int most, CancellationToken cancellationToken) =>
        ForEachAsync(filter, VisibilityWhileListed, most, static (messages, _) => Task.FromResult(messages), wasSent: false, cancellationToken);

    /// <summary>Deletes everything, hidden messages too, and those that come within the next minute. SQS allows it once in 60 s.</summary>
    public Task PurgeAsync(CancellationToken cancellationToken) => client.PurgeQueueAsync(queueUrl, cancellationToken);

    private async Task<DeadLetterOutcome> ForEachAsync(
        DeadLetterFilter filter,
        TimeSpan visibility,
        int most,
        Func<List<SqsMessage>, List<DeadLetterFailure>, Task<List<SqsMessage>>> prepare,
        bool wasSent,
        CancellationToken cancellationToken)
    {
        CheckMost(most);
        var done = 0;
        List<DeadLetterFailure> failures = [];
        await using var walk = new DeadLetterWalk(client, queueUrl, visibility, MostExamined, logger);
        while (done < most && !failures.Exists(static failure => ConcernsAll(failure.Error))
            && await walk.NextAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } messages)
        {
            var toDelete = await prepare([.. messages.Where(filter.Fits).Take(most - done)], failures).ConfigureAwait(false);

            // Once it is sent it is deleted, whoever cancels: the client's own time limits end this.
            var errors = await client.DeleteBatchAsync(queueUrl, [.. toDelete.Select(static message => message.ReceiptHandle)], CancellationToken.None).ConfigureAwait(false);
            for (var place = 0; place < toDelete.Count; place++)
            {
                if (errors[place] is { } error)
                {
                    failures.Add(new DeadLetterFailure(toDelete[place].Id, error, wasSent));
                    continue;
                }

                walk.Release(toDelete[place]);
                done++;
            }
        }

        return new DeadLetterOutcome(done, walk.Seen, failures, walk.IsAtEnd);
    }

    private async Task<List<(string Url, List<SqsMessage> Messages)>> FindTargetsAsync(
        List<SqsMessage> messages, string? targetUrl, Dictionary<string, string> urls, List<DeadLetterFailure> failures, CancellationToken cancellationToken)
    {
        List<(string Url, List<SqsMessage> Messages)> targets = [];
        foreach (var message in messages)
        {
            try
            {
                var url = targetUrl ?? await FindSourceAsync(message, urls, cancellationToken).ConfigureAwait(false);
                if (targets.Find(target => target.Url == url).Messages is { } known) known.Add(message);
                else targets.Add((url, [message]));
            }
            catch (SqsException error)
            {
                failures.Add(new DeadLetterFailure(message.Id, error, WasSent: false));
            }
        }

        return targets;
    }

    private async Task<string> FindSourceAsync(SqsMessage message, Dictionary<string, string> urls, CancellationToken cancellationToken)
    {
        if (message.SystemAttributes.DeadLetterSourceArn is not { } arn)
        {
            throw new SqsException(
                SqsFailure.Other, $"The message {message.Id} of {CalledService.Sqs.Describe(queueUrl)} at {client.Place} cannot go back by itself: SQS does not say where it came from. Name the queue.");
        }

        if (urls.TryGetValue(arn, out var known)) return known;
        var source = QueueArn.Parse(arn);
        return urls[arn] = await client.GetQueueUrlAsync(source.Name, source.Account, cancellationToken).ConfigureAwait(false);
    }

    private static SqsOutgoing Again(SqsMessage message, bool isFifo) => new(message.Body)
    {
        Attributes = message.Attributes,
        AttributeTypes = message.AttributeTypes,
        GroupId = message.SystemAttributes.GroupId,
        DeduplicationId = isFifo ? $"redrive-{message.Id}" : null,
    };

    // What one message has met, all would meet.
    private static bool ConcernsAll(SqsException error) =>
        error.Failure is not (SqsFailure.MessageInvalid or SqsFailure.MessageTooLong or SqsFailure.MessageDamaged or SqsFailure.NotSent or SqsFailure.ReceiptRefused or SqsFailure.Other);

    private static void CheckMost(int most)
    {
        if (most is < 1 or > MostExamined) throw new ArgumentOutOfRangeException(nameof(most), most, $"It must be between 1 and {MostExamined}.");
    }
}
