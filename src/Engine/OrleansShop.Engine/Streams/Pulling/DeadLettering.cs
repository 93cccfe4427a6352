using Orleans.Streams;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Events;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>Puts what a subscription could not take into the provider's dead letters: again and again, until it is there.</summary>
/// <param name="agent">The agent of the queue.</param>
/// <param name="queue">The provider's dead letters.</param>
/// <param name="maxAttempts">How often a delivery may fail.</param>
internal sealed class DeadLettering(QueueAgent agent, IDeadLetterQueue queue, int maxAttempts)
{
    /// <summary>Whether messages have failed often enough, with the attempts that their queue knows of; at least once here.</summary>
    public bool IsEnough(List<IBatchContainer> messages, int attempts)
    {
        if (attempts == 0)
            return false;
        var earlier = 0;
        foreach (var message in messages)
            earlier = Math.Max(earlier, EarlierAttempts(message));
        return earlier + attempts >= maxAttempts;
    }

    /// <summary>Keeps a message for a subscription. False if it has to stop before: the message is delivered again then.</summary>
    public async Task<bool> Keep(IBatchContainer message, StreamSubscription subscription, FailedDelivery failed, CancellationToken ended)
    {
        var reason = await ReasonOf(message, subscription, failed);
        for (var tries = 1; !ended.IsCancellationRequested; tries++)
        {
            try
            {
                await queue.AddAsync(message, reason, ended);
                agent.Metrics.DeadLettered(agent.Provider.Name);
                agent.LogDeadLettered(failed.Failure, message.StreamId, agent.Provider.Name, message.SequenceToken, subscription.Id, subscription.Consumer, reason.Attempts);
                return true;
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return false;
            }
#pragma warning disable CA1031 // Dead letters may be away like any store. The event waits before the cursor: nothing is lost.
            catch (Exception e)
#pragma warning restore CA1031
            {
                agent.Metrics.DeadLetteringFailed(agent.Provider.Name);
                agent.LogNotDeadLettered(e, message.StreamId, agent.Provider.Name, message.SequenceToken, subscription.Id, tries);
            }

            await Task.Delay(Backoff.After(tries), agent.Time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return false;
    }

    private static int EarlierAttempts(IBatchContainer message) => message is IRetriedMessage retried ? retried.EarlierAttempts : 0;

    private async Task<DeadLetterReason> ReasonOf(IBatchContainer message, StreamSubscription subscription, FailedDelivery failed) => new()
    {
        Provider = agent.Provider.Name,
        Queue = agent.Queue.ToString(),
        Stream = message.StreamId,
        Subscription = subscription.Id,
        Consumer = subscription.Consumer,
        Attempts = Math.Max(1, EarlierAttempts(message) + failed.Attempts),
        FirstFailedAt = failed.FirstFailedAt,
        FailedAt = failed.FailedAt,
        ExceptionType = failed.Failure.GetType().FullName!,
        ExceptionMessage = failed.Failure.Message,
        ExceptionDetail = failed.Failure.ToString(),
        TraceParent = await TraceOf(message),
    };

    // The request context of an asynchronous method ends with it: the agent's own stays as it is. What cannot be read has no trace.
    private async Task<string?> TraceOf(IBatchContainer message)
    {
        await Task.CompletedTask;
        try
        {
            var readable = message is IReadWithServices needing ? needing.ForReader(agent.Services, agent.Provider.Name) : message;
            return readable.ImportRequestContext() && CallActivities.TryGetRemote(out var publisher)
                ? $"00-{publisher.TraceId}-{publisher.SpanId}-{(byte)publisher.TraceFlags:x2}"
                : null;
        }
#pragma warning disable CA1031 // Bytes that cannot be read may be why it failed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            agent.LogNoTrace(e, message.StreamId, agent.Provider.Name, message.SequenceToken);
            return null;
        }
    }
}
