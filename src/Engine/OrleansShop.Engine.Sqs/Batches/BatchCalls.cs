using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Engine.Sqs.Batches;

/// <summary>Sends the entries of a batch in as many calls as it takes, and those again that were refused for the moment.</summary>
internal sealed class BatchCalls(ServiceCalls calls, CallPolicy policy)
{
    /// <summary>Sends until every entry is settled.</summary>
    /// <param name="operation">The name of the operation in the API.</param>
    /// <param name="target">The queue or topic.</param>
    /// <param name="entries">What is to be sent; holds the errors afterwards.</param>
    /// <param name="write">Makes a request of some entries.</param>
    /// <param name="read">Reads what became of them.</param>
    /// <param name="taken">Told of each entry that was taken; may say that it failed nevertheless.</param>
    /// <param name="cancellationToken">Ends the calls. What was sent before stays sent.</param>
    public async Task SendAsync(
        string operation,
        string target,
        PendingEntries entries,
        Func<IReadOnlyList<int>, ReadOnlyMemory<byte>> write,
        Func<ReadOnlyMemory<byte>, List<EntryAnswer>> read,
        Func<EntryAnswer, SqsException?> taken,
        CancellationToken cancellationToken)
    {
        while (entries.Next() is { Count: > 0 } call)
        {
            try
            {
                await calls.RepeatAsync(operation, target, policy, SendOnceAsync, cancellationToken).ConfigureAwait(false);
            }
            catch (SqsException failure)
            {
                // What stops one call stops the next.
                entries.FailRest(failure);
            }

            // Each try sends what the tries before it have left in the call.
            async Task<int> SendOnceAsync(CancellationToken token)
            {
                var answers = await calls.PostAsync(operation, write(call), read, token).ConfigureAwait(false);
                string? example = null;
                foreach (var answer in answers)
                {
                    if (answer.MayPass)
                    {
                        example = answer.Fault!.Message;
                        continue;
                    }

                    if (!call.Remove(answer.Entry)) throw new InvalidAnswer($"it speaks of an entry \"{answer.Entry}\", which was not sent, or twice of it");
                    var error = answer.Fault is { } fault ? calls.Service.Explain(fault, operation, target, calls.Place) : taken(answer);
                    if (error is null) entries.Take(answer.Entry);
                    else entries.Fail(answer.Entry, error);
                }

                return call.Count == 0 ? 0 : throw (example is null ? new InvalidAnswer($"it says nothing of {call.Count} entries") : new RefusedEntries(call.Count, example));
            }
        }
    }
}
