using System.Globalization;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Replication;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Switching;

namespace OrleansShop.Strangler.Entities;

/// <summary>
/// A capability's content as its grains and its index hold it together: the index says which entities there are, the grains say what they are.
/// </summary>
/// <param name="index">The service's index.</param>
/// <param name="grainOf">Returns the grain of each kind of entity by its id; the kinds in the order of the manifest.</param>
public class IndexedContent(IEntityIndex index, IReadOnlyDictionary<string, Func<long, IMigratableGrain>> grainOf) : ICapabilityContent
{
    /// <summary>How many grains are asked at a time. Each waits for its own storage, which commits such a group together.</summary>
    private const int Parallelism = 64;

    /// <summary>The kinds of entities, in the order of the manifest.</summary>
    public IEnumerable<string> Kinds => grainOf.Keys;

    /// <summary>The grain of an entity.</summary>
    public IMigratableGrain GrainOf(string kind, long id) => grainOf[kind](id);

    /// <inheritdoc />
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var (kind, grain) in grainOf)
        {
            // Not settled first: settling would write to the monolith, which owns the entities while they are cleared here.
            await ResolveAllPendingAsync(kind, id => grain(id).ImportAsync(rows: null), cancellationToken);
            long? after = null;
            for (IndexPage page; (page = await index.QueryAsync(new IndexQuery(kind, Limit: RowQuery.MaxLimit, After: after), cancellationToken)).Documents.Length > 0;)
            {
                await ForEachAsync(page.Documents.Select(document => document.Id), id => grain(id).ImportAsync(rows: null), cancellationToken);
                after = page.Documents[^1].Id;
            }

            await index.ClearAsync(kind, cancellationToken);
        }
    }

    /// <inheritdoc />
    public virtual Task ImportAsync(string kind, IReadOnlyList<EntityRows> page, CancellationToken cancellationToken) =>
        ForEachAsync(page, rows => grainOf[kind](NumberOf(rows.Id)).ImportAsync(rows), cancellationToken);

    /// <inheritdoc />
    public async Task<EntityPage> ExportAsync(string kind, string? after, int limit, CancellationToken cancellationToken)
    {
        if (after is null)
        {
            await ResolveAllPendingAsync(kind, id => grainOf[kind](id).SettleAsync(), cancellationToken);
        }

        var page = await index.QueryAsync(new IndexQuery(kind, Limit: limit, After: after is null ? null : NumberOf(after)), cancellationToken);
        var rows = new EntityRows?[page.Documents.Length];
        await ForEachAsync(Enumerable.Range(0, rows.Length), async place => rows[place] = await grainOf[kind](page.Documents[place].Id).ExportAsync(), cancellationToken);
        var next = page.Documents.Length == limit ? page.Documents[^1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return new EntityPage([.. rows.OfType<EntityRows>()], next);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(string kind, CancellationToken cancellationToken) =>
        (await index.QueryAsync(new IndexQuery(kind, Limit: 1), cancellationToken)).Total;

    /// <summary>How many entities have acknowledged writes that the monolith's rows lack; counted to 1,000 of each kind.</summary>
    internal async Task<long> CountBehindAsync(CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var kind in Kinds) count += (await index.QueryAsync(BehindMarks.Query(kind), cancellationToken)).StalePending.Length;
        return count;
    }

    /// <summary>Has the grains of such entities apply their newest state, the oldest first, and says how many are left. When a whole group gets no answer, the others are left for the next time.</summary>
    internal async Task<BehindProgress> CatchUpAsync(int parallelism, CancellationToken cancellationToken)
    {
        var (left, unanswered, lastError) = (0L, 0, (string?)null);
        foreach (var (kind, grain) in grainOf)
        {
            var behind = (await index.QueryAsync(BehindMarks.Query(kind), cancellationToken)).StalePending;
            await Parallel.ForEachAsync(behind, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, async (id, _) =>
            {
                try
                {
                    if (Volatile.Read(ref unanswered) < parallelism)
                    {
                        await grain(id).SettleAsync();
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

    /// <summary>Ends every write that a crash cut off. No write runs meanwhile: each mark in the index is a dead one.</summary>
    private async Task ResolveAllPendingAsync(string kind, Func<long, Task> resolve, CancellationToken cancellationToken)
    {
        var marks = new IndexQuery(kind, Limit: 1, PendingFor: TimeSpan.Zero);
        var (page, before) = (await index.QueryAsync(marks, cancellationToken), -1L);

        // The oldest mark that is still the oldest after its grain was asked belongs to an entry that is newer than its grain: it names a version
        // that was never stored, and the copy that follows replaces it.
        while (page.StalePending.Length > 0 && page.StalePending[0] != before)
        {
            await ForEachAsync(page.StalePending, resolve, cancellationToken);
            before = page.StalePending[0];
            page = await index.QueryAsync(marks, cancellationToken);
        }
    }

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> action, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        (item, _) => new ValueTask(action(item)));

    private static long NumberOf(string id) => long.Parse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
