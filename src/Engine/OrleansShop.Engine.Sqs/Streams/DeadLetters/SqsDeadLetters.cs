using Microsoft.Extensions.Logging;
using Orleans.Streams;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Streams.Adapting;
using OrleansShop.Engine.Sqs.Streams.LargePayloads;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Events;

namespace OrleansShop.Engine.Sqs.Streams.DeadLetters;

/// <summary>The dead letters of a provider, in the dead-letter queues of its queues.</summary>
/// <remarks>
/// A queue can only be looked through by receiving all of it. What was received is hidden from others meanwhile, and given back at the end: who looks at the same time sees less, and is told
/// so (<see cref="DeadLetterPage.IsComplete"/>). SQS has no cursor either, so each page reads everything.
/// </remarks>
internal sealed class SqsDeadLetters(SqsStreams streams, IServiceProvider services) : IDeadLetterQueue, IDeadLetterStore
{
    /// <summary>The most dead letters of one queue that are looked at; the others are there when those are gone.</summary>
    private const int MostOfQueue = 10_000;

    private const int MostTextChars = DeadLetterPayload.MaxTextChars;

    /// <summary>How long what was found is hidden from others, if whoever looks dies.</summary>
    private static readonly TimeSpan s_hidden = TimeSpan.FromMinutes(2);

    // Asks all of SQS, and not some of its servers.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    public async Task AddAsync(IBatchContainer message, DeadLetterReason reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var held = streams.HandedOut.Find(message) ?? throw new ArgumentException($"The message of {message.StreamId} was not given out by this provider's receivers in this process.", nameof(message));

        // Before it is sent: a dead letter that is there needs what it refers to.
        held.HasDeadLetter = true;
        await streams.Client.SendAsync(held.Queue.DeadLetterUrl, DeadLetterMessage.Of(held, reason, streams), cancellationToken).ConfigureAwait(false);
    }

    public async Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, DeadLetterFilter.MaxLimit);
        await using var found = await FindAllAsync(static _ => true, cancellationToken).ConfigureAwait(false);
        var matching = found.Letters.Where(letter => filter.Matches(letter.Reason) && string.CompareOrdinal(letter.Place, after) > 0).DistinctBy(KeyOf).Take(limit + 1).ToList();
        var page = matching.Take(limit).ToList();
        return new DeadLetterPage([.. page.Select(static letter => letter.ToLetter(payload: null))], matching.Count > limit ? page[^1].Place : null, found.IsComplete);
    }

    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        await using var found = await FindAllAsync(number => number == FoundLetter.NumberIn(id), cancellationToken).ConfigureAwait(false);
        return found.Letters.FirstOrDefault(letter => letter.Id == id) is { } letter ? letter.ToLetter(await TextOfAsync(letter, cancellationToken).ConfigureAwait(false)) : null;
    }

    public Task<DeadLetterOutcome> RedriveAsync(DeadLetterSelection selection, CancellationToken cancellationToken) => DoWithEach(selection, SendAgainAsync, cancellationToken);

    public Task<DeadLetterOutcome> PurgeAsync(DeadLetterSelection selection, CancellationToken cancellationToken) => DoWithEach(selection, static (_, _) => Task.CompletedTask, cancellationToken);

    private async Task<DeadLetterOutcome> DoWithEach(DeadLetterSelection selection, Func<FoundLetter, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentOutOfRangeException.ThrowIfLessThan(selection.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(selection.Limit, DeadLetterSelection.MaxLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(selection.Ids?.Count ?? 0, DeadLetterSelection.MaxIds);
        var numbers = selection.Ids?.Select(FoundLetter.NumberIn).ToHashSet();
        await using var found = await FindAllAsync(number => numbers is null || numbers.Contains(number), cancellationToken).ConfigureAwait(false);

        // Copies of one are one: they go together.
        var chosen = found.Letters.Where(letter => selection.Filter.Matches(letter.Reason) && selection.Ids?.Contains(letter.Id) != false).GroupBy(KeyOf).Take(selection.Limit).ToList();
        if (selection.IsDryRun) return new DeadLetterOutcome(chosen.Count, Done: 0);
        var done = 0;
        foreach (var copies in chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await act(copies.First(), cancellationToken).ConfigureAwait(false);
                foreach (var copy in found.Letters.Where(letter => KeyOf(letter) == copies.Key).ToList())
                {
                    // Once it is sent it is deleted, whoever cancels: else it would be there twice.
                    await streams.Client.DeleteAsync(copy.Queue.DeadLetterUrl, copy.Message.ReceiptHandle, CancellationToken.None).ConfigureAwait(false);
                    found.IsGone(copy);
                }

                done++;
            }
            catch (Calling.SqsException failure)
            {
                return new DeadLetterOutcome(chosen.Count, done, $"{copies.First().Id}: {failure.Message}");
            }
        }

        return new DeadLetterOutcome(chosen.Count, done, found.IsComplete ? null : "Somebody else was looking at dead letters, or there are more than can be looked at: there may be more that match. Order it again.");
    }

    // The number of queues may have changed since.
    private async Task SendAgainAsync(FoundLetter letter, CancellationToken cancellationToken)
    {
        var url = await streams.Queues.UrlOf(streams.Mapper.GetQueueForStream(letter.Reason.Stream)).ConfigureAwait(false);
        await streams.Client.SendAsync(url, DeadLetterMessage.ToSendAgain(letter.Message, letter.Reason, letter.Queue.IsFifo), cancellationToken).ConfigureAwait(false);
    }

    private async Task<FoundLetters> FindAllAsync(Func<uint, bool> isWanted, CancellationToken cancellationToken)
    {
        var found = new FoundLetters(streams.Client, s_hidden, streams.Loggers.CreateLogger<FoundLetters>());
        try
        {
            var queues = streams.Mapper.GetAllQueues().Where(queue => isWanted(queue.GetNumericId()));
            var areComplete = await Task.WhenAll(queues.Select(queue => FindInAsync(queue, found, cancellationToken))).ConfigureAwait(false);
            found.IsComplete = areComplete.All(static isComplete => isComplete);
            return found;
        }
        catch
        {
            await found.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether that is all that the queue has. Of a group of a FIFO queue SQS gives out no more while one of its messages is hidden.</summary>
    private async Task<bool> FindInAsync(QueueId queueId, FoundLetters found, CancellationToken cancellationToken)
    {
        var queue = await streams.Queues.Of(queueId).ConfigureAwait(false);
        var known = await streams.Client.GetQueueAttributesAsync(queue.DeadLetterUrl, cancellationToken).ConfigureAwait(false);
        for (var count = 0; ;)
        {
            var before = count;
            if (count < MostOfQueue)
            {
                foreach (var message in await streams.Client.ReceiveAsync(queue.DeadLetterUrl, new SqsReceive { Wait = s_patience, Visibility = s_hidden }, cancellationToken).ConfigureAwait(false))
                {
                    if (found.Add(new FoundLetter(queueId.GetNumericId(), queue, message, DeadLetterMessage.ReasonOf(message, queue.Name, streams.Name)))) count++;
                }
            }

            if (count == before) return count >= known.Waiting + known.InFlight;
        }
    }

    // A message and a subscription: a crash may have left two of them.
    private static (string, Guid) KeyOf(FoundLetter letter) => (letter.SourceMessageId, letter.Reason.Subscription);

    private async Task<DeadLetterPayload> TextOfAsync(FoundLetter letter, CancellationToken cancellationToken)
    {
        var body = letter.Message.Body;
        try
        {
            if (letter.Message.Attributes.ContainsKey(AttributeNames.ClaimCheck)) body = await ClaimChecks.FetchAsync(streams.ClaimChecks, letter.Message, cancellationToken).ConfigureAwait(false);
            var message = streams.ToRead(letter.Message, body, sequence: 0);
            return EventText.Of(message is IReadWithServices needing ? needing.ForReader(services, streams.Name) : message, System.Text.Encoding.UTF8.GetBytes(body));
        }
#pragma warning disable CA1031 // That it cannot be read may be why it is here.
        catch (Exception unreadable)
#pragma warning restore CA1031
        {
            return new DeadLetterPayload(body.Length > MostTextChars ? body[..MostTextChars] : body, IsJson: false, $"It is shown as it is in the queue: {unreadable.Message}");
        }
    }
}
