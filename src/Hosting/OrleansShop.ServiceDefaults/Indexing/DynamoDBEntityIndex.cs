using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.DynamoDB;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using Table = OrleansShop.ServiceDefaults.Indexing.DynamoDBIndexTable;

namespace OrleansShop.ServiceDefaults.Indexing;

/// <summary>
/// An index in a DynamoDB table. Entries and marks are read strongly consistently: what a query returns is as it was last committed, and still has the term that
/// was asked for. Which entries have a term is asked of a secondary index, which lags, as a rule by less than a second: until it has caught up, an entry that was
/// just committed can be missing from a search by its new term.
/// </summary>
/// <param name="endpoint">Where DynamoDB is.</param>
/// <param name="tableName">The table; services, and systems with other service ids, may share one.</param>
/// <param name="rules">Whether it may be created.</param>
/// <param name="serviceId">Under this name the system's grain states are stored, too.</param>
/// <param name="service">The service's name.</param>
/// <param name="time">For the age of marks.</param>
/// <param name="logger">Where repeated calls are reported.</param>
internal sealed partial class DynamoDBEntityIndex(
    DynamoDBEndpoint endpoint, string tableName, TableRules rules, string serviceId, string service, TimeProvider time, ILogger<DynamoDBEntityIndex> logger)
    : IEntityIndex, IDisposable
{
    /// <summary>
    /// How old a mark must be before its writer counts as dead: longer than a write is repeated. A mark that is reported too early costs one call of a grain,
    /// nothing else.
    /// </summary>
    public static readonly TimeSpan PendingTimeout = CallPolicy.OfTurns.GiveUpAfter + CallPolicy.OfTurns.AttemptTimeout + TimeSpan.FromSeconds(5);

    /// <summary>A commit is one transaction, and DynamoDB takes 100 writes in one: the terms that come and those that go, the entry, and its mark.</summary>
    public const int MaxTerms = 49;

    private const int MaxValues = 10_000;
    private const int MaxStalePending = 1000;
    private const int MaxCommitRounds = 20;
    private const int KeysPerRead = 100;
    private const int KeysPerDeletion = 25;
    private const int ParallelCalls = 16;
    private const int RevisionBytes = 12;

    private readonly SemaphoreSlim _opening = new(1);
    private DynamoDBTable? _table;

    /// <inheritdoc/>
    public async Task MarkPendingAsync(EntityKey key, CancellationToken cancellationToken = default)
    {
        var table = await OpenedAsync(cancellationToken);
        await table.PutItemAsync(
            new PutItemRequest { TableName = tableName, Item = new(Key(key.Kind, Table.MarkOf(key.Id))) { [Table.PendingSince] = Number(time.GetUtcNow().ToUnixTimeMilliseconds()) } }, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An entry has more than <see cref="MaxTerms"/> terms.</exception>
    public async Task CommitAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.FirstOrDefault(static entry => Wanted(entry).Length > MaxTerms) is { } tooMany)
            throw new ArgumentException($"The index entry of {tooMany.Key.Kind} {tooMany.Key.Id} has {Wanted(tooMany).Length} terms; an index in DynamoDB takes up to {MaxTerms}.", nameof(entries));
        var table = await OpenedAsync(cancellationToken);

        // Entries of one entity in the order in which they are given, the others at the same time.
        await ForEachAsync(entries.GroupBy(static entry => entry.Key), async ofOne =>
        {
            foreach (var entry in ofOne) await CommitAsync(table, entry, cancellationToken);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Offset);
        var table = await OpenedAsync(cancellationToken);
        var stale = await ReadStalePendingAsync(table, query, cancellationToken);
        var found = query.TermName is null ? await ReadAllAsync(table, query, cancellationToken) : await SearchAsync(table, query, cancellationToken);
        return new IndexPage([.. found.Skip(query.Offset).Take(query.Limit ?? int.MaxValue)], found.Count, stale);
    }

    /// <inheritdoc/>
    public async Task ClearAsync(string kind, CancellationToken cancellationToken = default)
    {
        var table = await OpenedAsync(cancellationToken);
        var items = await table.QueryAsync(Items(kind, prefix: ""), cancellationToken);
        await ForEachAsync(items.Chunk(KeysPerDeletion), some => DeleteAsync(table, some, cancellationToken), cancellationToken);
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _table, null)?.Client.Dispose();
        _opening.Dispose();
    }

    private async Task CommitAsync(DynamoDBTable table, IndexEntry entry, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxCommitRounds; round++)
        {
            var there = await ReadAsync(table, Key(entry.Key.Kind, Table.EntryOf(entry.Key.Id)), cancellationToken);
            if (there is not null && long.Parse(there[Table.EntityVersion].N, CultureInfo.InvariantCulture) > entry.Version) return;
            if (await ReplaceAsync(table, there, entry, cancellationToken)) return;
        }

        throw new DynamoDBTableException($"The index entry of {entry.Key.Kind} {entry.Key.Id} in the DynamoDB table \"{tableName}\" at {table.Place} was changed by others {MaxCommitRounds} times while it was to be committed.") { MayPass = true };
    }

    // False if the entry is not what it was any more.
    private async Task<bool> ReplaceAsync(DynamoDBTable table, Dictionary<string, AttributeValue>? there, IndexEntry entry, CancellationToken cancellationToken)
    {
        var (kind, id) = (KindOf(entry.Key.Kind), entry.Key.Id);
        ImmutableArray<IndexTerm> had = there is null ? [] : Table.TermsOf(there);
        var wanted = Wanted(entry);
        var request = new TransactWriteItemsRequest
        {
            // A repeated try with the same token is done once.
            ClientRequestToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RevisionBytes)),
            TransactItems =
            [
                EntryWrite(entry, wanted, there),
                new() { Delete = new() { TableName = tableName, Key = Key(entry.Key.Kind, Table.MarkOf(id)) } },
                .. wanted.Except(had).Select(term => new TransactWriteItem { Put = new() { TableName = tableName, Item = Table.TermItem(kind, id, term) } }),
                .. had.Except(wanted).Select(term => new TransactWriteItem { Delete = new() { TableName = tableName, Key = Key(entry.Key.Kind, Table.TermOf(id, term)) } }),
            ],
        };
        try
        {
            await table.SendAsync("TransactWriteItems", token => table.Client.TransactWriteItemsAsync(request, token), cancellationToken);
            return true;
        }
        catch (TransactionCanceledException lost) when (lost.CancellationReasons is [{ Code: "ConditionalCheckFailed" }, ..])
        {
            return false;
        }
    }

    private TransactWriteItem EntryWrite(IndexEntry entry, ImmutableArray<IndexTerm> terms, Dictionary<string, AttributeValue>? there)
    {
        var key = Key(entry.Key.Kind, Table.EntryOf(entry.Key.Id));
        var condition = there is null ? $"attribute_not_exists({Table.Revision})" : $"{Table.Revision} = :revision";
        Dictionary<string, AttributeValue>? values = there is null ? null : new() { [":revision"] = there[Table.Revision] };
        if (entry.Document is not { } document)
            return new() { Delete = new() { TableName = tableName, Key = key, ConditionExpression = condition, ExpressionAttributeValues = values } };

        key[Table.EntityVersion] = Number(entry.Version);
        key[Table.Revision] = new AttributeValue(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RevisionBytes)));
        key[Table.Document] = new AttributeValue { B = new MemoryStream(document.ToArray()) };
        if (!terms.IsEmpty) key[Table.Terms] = new AttributeValue { L = [.. terms.SelectMany(static term => new AttributeValue[] { new(term.Name), new(term.Value) })] };
        return new() { Put = new() { TableName = tableName, Item = key, ConditionExpression = condition, ExpressionAttributeValues = values } };
    }

    private async Task<List<IndexedDocument>> ReadAllAsync(DynamoDBTable table, IndexQuery query, CancellationToken cancellationToken)
    {
        var request = Items(query.Kind, "E");
        if (query.After is { } after)
        {
            request.KeyConditionExpression = $"{Table.Kind} = :kind AND {Table.Entry} BETWEEN :from AND :to";
            request.ExpressionAttributeValues.Remove(":prefix");
            request.ExpressionAttributeValues[":from"] = new AttributeValue(Table.EntriesAfter(after));
            request.ExpressionAttributeValues[":to"] = new AttributeValue(Table.EntriesEnd);
        }

        return [.. (await table.QueryAsync(request, cancellationToken)).Select(DocumentOf)];
    }

    // The secondary index says which entries may be meant; the entries themselves say which are.
    private async Task<List<IndexedDocument>> SearchAsync(DynamoDBTable table, IndexQuery query, CancellationToken cancellationToken)
    {
        var values = query.Values.IsDefault ? [] : query.Values;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, MaxValues, nameof(query));
        var wanted = values.ToHashSet(StringComparer.Ordinal);
        var starts = query.Prefix is { } prefix ? [Table.Searchable(prefix)] : wanted.Select(static value => $"{Table.Searchable(value)}\0").Distinct();

        var ids = new ConcurrentDictionary<EntityId, bool>();
        await ForEachAsync(starts, async start =>
        {
            foreach (var term in await table.QueryAsync(Found(query, start), cancellationToken)) ids.TryAdd(Table.IdOf(term), true);
        }, cancellationToken);

        var documents = new ConcurrentBag<IndexedDocument>();
        await ForEachAsync(ids.Keys.Where(id => query.After is not { } after || id > after).Chunk(KeysPerRead), async some =>
        {
            foreach (var entry in await ReadAsync(table, query.Kind, some, cancellationToken))
            {
                if (Table.TermsOf(entry).Any(IsMeant)) documents.Add(DocumentOf(entry));
            }
        }, cancellationToken);
        return [.. documents.OrderBy(static document => document.Id)];

        bool IsMeant(IndexTerm term) =>
            term.Name == query.TermName && (query.Prefix is { } prefix ? term.Value.StartsWith(prefix, StringComparison.Ordinal) : wanted.Contains(term.Value));
    }

    private QueryRequest Found(IndexQuery query, string start)
    {
        var request = new QueryRequest
        {
            TableName = tableName,
            IndexName = Table.ByTerm,
            KeyConditionExpression = $"{Table.TermName} = :name",
            ExpressionAttributeValues = new() { [":name"] = new AttributeValue($"{KindOf(query.Kind)}/{query.TermName}") },
        };
        if (start.Length == 0) return request;
        request.KeyConditionExpression += $" AND begins_with({Table.TermValue}, :start)";
        request.ExpressionAttributeValues[":start"] = new AttributeValue(start);
        return request;
    }

    private async Task<ImmutableArray<EntityId>> ReadStalePendingAsync(DynamoDBTable table, IndexQuery query, CancellationToken cancellationToken)
    {
        var newest = (time.GetUtcNow() - (query.PendingFor ?? PendingTimeout)).ToUnixTimeMilliseconds();
        var marks = await table.QueryAsync(Items(query.Kind, "P"), cancellationToken);
        return
        [
            .. marks.Select(static mark => (Id: Table.IdOf(mark), Since: long.Parse(mark[Table.PendingSince].N, CultureInfo.InvariantCulture)))
                .Where(mark => mark.Since <= newest).OrderBy(static mark => mark.Since).Select(static mark => mark.Id).Take(MaxStalePending),
        ];
    }

    private async Task<List<Dictionary<string, AttributeValue>>> ReadAsync(DynamoDBTable table, string kind, EntityId[] ids, CancellationToken cancellationToken)
    {
        var entries = new List<Dictionary<string, AttributeValue>>();
        var left = new KeysAndAttributes { ConsistentRead = true, Keys = [.. ids.Select(id => Key(kind, Table.EntryOf(id)))] };
        while (left is { Keys.Count: > 0 })
        {
            var request = new BatchGetItemRequest { RequestItems = new() { [tableName] = left } };
            var answer = await table.SendAsync("BatchGetItem", token => table.Client.BatchGetItemAsync(request, token), cancellationToken);
            if (answer.Responses is { } responses && responses.TryGetValue(tableName, out var some)) entries.AddRange(some);
            left = answer.UnprocessedKeys?.GetValueOrDefault(tableName);
        }

        return entries;
    }

    private async Task<Dictionary<string, AttributeValue>?> ReadAsync(DynamoDBTable table, Dictionary<string, AttributeValue> key, CancellationToken cancellationToken)
    {
        var answer = await table.GetItemAsync(new GetItemRequest { TableName = tableName, Key = key, ConsistentRead = true }, cancellationToken);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    private async Task DeleteAsync(DynamoDBTable table, IEnumerable<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        List<WriteRequest>? left = [.. items.Select(static item => new WriteRequest(new DeleteRequest(new() { [Table.Kind] = item[Table.Kind], [Table.Entry] = item[Table.Entry] })))];
        while (left is { Count: > 0 })
        {
            var request = new BatchWriteItemRequest { RequestItems = new() { [tableName] = left } };
            var answer = await table.SendAsync("BatchWriteItem", token => table.Client.BatchWriteItemAsync(request, token), cancellationToken);
            left = answer.UnprocessedItems?.GetValueOrDefault(tableName);
        }
    }

    private async ValueTask<DynamoDBTable> OpenedAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _table) is { } opened) return opened;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            return Volatile.Read(ref _table) ?? await OpenAsync(cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<DynamoDBTable> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = endpoint.Connect();
        try
        {
            var table = new DynamoDBTable(connection.Client, tableName, connection.Calls(time, logger));
            await new TablePreparation(table, Table.Layout, rules, time, logger).RunAsync(cancellationToken);
            Volatile.Write(ref _table, table);
            return table;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private QueryRequest Items(string kind, string prefix)
    {
        var request = new QueryRequest
        {
            TableName = tableName,
            ConsistentRead = true,
            KeyConditionExpression = $"{Table.Kind} = :kind",
            ExpressionAttributeValues = new() { [":kind"] = new AttributeValue(KindOf(kind)) },
        };
        if (prefix.Length == 0) return request;
        request.KeyConditionExpression += $" AND begins_with({Table.Entry}, :prefix)";
        request.ExpressionAttributeValues[":prefix"] = new AttributeValue(prefix);
        return request;
    }

    private Dictionary<string, AttributeValue> Key(string kind, string entry) => new() { [Table.Kind] = new(KindOf(kind)), [Table.Entry] = new(entry) };

    // Without the service id, two systems that share a table would see, and clear, each other's entries.
    private string KindOf(string kind) => Table.KindOf(serviceId, service, kind);

    private static ImmutableArray<IndexTerm> Wanted(IndexEntry entry) => entry.Document is null || entry.Terms.IsDefault ? [] : [.. entry.Terms.Distinct()];

    private static IndexedDocument DocumentOf(Dictionary<string, AttributeValue> entry) => new(Table.IdOf(entry), entry[Table.Document].B.ToArray());

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> action, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = ParallelCalls, CancellationToken = cancellationToken }, (item, _) => new ValueTask(action(item)));
}
