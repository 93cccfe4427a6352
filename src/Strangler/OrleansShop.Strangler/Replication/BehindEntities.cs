using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Strangler.Replication;

/// <summary>The entities of a service that have acknowledged writes which the monolith's rows lack, found by their marks.</summary>
/// <param name="content">The service's content, which knows the grains.</param>
/// <param name="index">The service's index, which has the marks.</param>
internal sealed class BehindEntities(IndexedContent content, IEntityIndex index)
{
    /// <summary>How many there are; counted to 1,000 of each kind.</summary>
    internal async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var kind in content.Kinds) count += (await index.QueryAsync(BehindMarks.Query(kind), cancellationToken)).StalePending.Length;
        return count;
    }

    /// <summary>Has their grains apply their newest state, the oldest first, and says how many are left. When a whole group gets no answer, the others are left for the next time.</summary>
    internal async Task<BehindProgress> CatchUpAsync(int parallelism, CancellationToken cancellationToken)
    {
        var (left, unanswered, lastError) = (0L, 0, (string?)null);
        foreach (var kind in content.Kinds)
        {
            var behind = (await index.QueryAsync(BehindMarks.Query(kind), cancellationToken)).StalePending;
            await Parallel.ForEachAsync(behind, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, async (id, _) =>
            {
                try
                {
                    if (Volatile.Read(ref unanswered) < parallelism)
                    {
                        await content.GrainOf(kind, id).SettleAsync();
                        Volatile.Write(ref unanswered, 0);
                        return;
                    }
                }
                catch (Exception failure) when (failure is BridgeUnavailableException or BridgeRefusedException or TimeoutException or OrleansException)
                {
                    if (failure is not BridgeRefusedException) Interlocked.Increment(ref unanswered);
                    Volatile.Write(ref lastError, failure.Message);
                }

                Interlocked.Increment(ref left);
            });
        }

        return new BehindProgress(left, For: TimeSpan.Zero, lastError);
    }
}
