using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using OrleansShop.Storage.DynamoDB.Tables;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.ServiceDefaults.Indexing;

/// <summary>
/// The layout of an index in DynamoDB. All items of a kind of a service share a partition key; their sort keys begin with what they are: <c>E</c> an entry, <c>P</c> the
/// mark of a write that has not ended, <c>T</c> a term of an entry. The marks of outboxes, <c>O</c>, have partition keys of their own. A global secondary index has the terms alone, by their values.
/// </summary>
internal static class DynamoDBIndexTable
{
    /// <summary>Partition key: the service id, the service's name and the kind, with slashes between.</summary>
    public const string Kind = nameof(Kind);

    /// <summary>Sort key: <c>E</c>, <c>P</c> or <c>T</c>, the id (<see cref="StoredId"/>), and for a term a digest of its name and value.</summary>
    public const string Entry = nameof(Entry);

    /// <summary>Of an entry: counts the entity's writes.</summary>
    public const string EntityVersion = nameof(EntityVersion);

    /// <summary>Of an entry: drawn anew for each commit.</summary>
    public const string Revision = nameof(Revision);

    /// <summary>Of an entry: the entity as lists show it.</summary>
    public const string Document = nameof(Document);

    /// <summary>Of an entry: names and values of its terms in turn.</summary>
    public const string Terms = nameof(Terms);

    /// <summary>Of a mark: since when, in milliseconds of the epoch.</summary>
    public const string PendingSince = nameof(PendingSince);

    /// <summary>Of a term, partition key of the secondary index: the term's <see cref="Kind"/>, a slash, and its name.</summary>
    public const string TermName = nameof(TermName);

    /// <summary>Of a term, sort key of the secondary index: the first bytes of the value, a NUL, and the id if it is a number: a text could make the key too long.</summary>
    public const string TermValue = nameof(TermValue);

    /// <summary>Of an outbox's mark: the number of the first event that may not have been published.</summary>
    public const string UnpublishedFrom = nameof(UnpublishedFrom);

    /// <summary>Of an outbox's mark: drawn by its last writer.</summary>
    public const string MarkToken = nameof(MarkToken);

    /// <summary>Of an outbox's mark: when it was written last, in milliseconds of the epoch.</summary>
    public const string MarkedAt = nameof(MarkedAt);

    /// <summary>Follows the kind in the partition key of outboxes' marks.</summary>
    public const string OutboxOfKind = "/outbox";

    public const string ByTerm = nameof(ByTerm);

    // What is cut off is compared with the entry itself.
    private const int MaxValueBytes = 960;
    private const int DigestBytes = 16;

    public static TableLayout Layout { get; } = new("the index of a service", KeyColumn.Text(Kind), KeyColumn.Text(Entry))
    {
        Indexes = [new TableIndex(ByTerm, KeyColumn.Text(TermName), KeyColumn.Text(TermValue))],
    };

    public static string KindOf(string serviceId, string service, string kind) => $"{serviceId}/{service}/{kind}";

    public static string EntryOf(EntityId id) => $"E{StoredId.ToSortKey(id)}";

    /// <summary>The first sort key that an entry behind this one can have.</summary>
    public static string EntriesAfter(EntityId id) => $"{EntryOf(id)}\0";

    /// <summary>Behind the sort keys of all entries, which begin with a digit or a tilde after the letter.</summary>
    public const string EntriesEnd = "E\x7f";

    public static string MarkOf(EntityId id) => $"P{StoredId.ToSortKey(id)}";

    public static string UnpublishedOf(EntityId id) => $"O{StoredId.ToSortKey(id)}";

    public static string TermOf(EntityId id, IndexTerm term)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(term.Name)}:{term.Name}{term.Value}"));
        return $"T{StoredId.ToSortKey(id)}{Convert.ToHexStringLower(digest.AsSpan(0, DigestBytes))}";
    }

    /// <summary>Reads the id out of a sort key.</summary>
    public static EntityId IdOf(Dictionary<string, AttributeValue> item)
    {
        var key = item[Entry].S;
        return StoredId.FromSortKey(key.AsSpan(1), after: key[0] == 'T' ? 2 * DigestBytes : 0);
    }

    /// <summary>The beginning of a value that the secondary index sorts by.</summary>
    public static string Searchable(string value)
    {
        if (value.Length <= MaxValueBytes / 3 || Encoding.UTF8.GetByteCount(value) <= MaxValueBytes) return value;
        var bytes = 0;
        var characters = 0;
        while (characters < value.Length && Rune.DecodeFromUtf16(value.AsSpan(characters), out var rune, out var taken) is OperationStatus.Done or OperationStatus.InvalidData && bytes + rune.Utf8SequenceLength <= MaxValueBytes)
        {
            bytes += rune.Utf8SequenceLength;
            characters += taken;
        }

        return value[..characters];
    }

    public static Dictionary<string, AttributeValue> TermItem(string kind, EntityId id, IndexTerm term) => new()
    {
        [Kind] = new(kind),
        [Entry] = new(TermOf(id, term)),
        [TermName] = new($"{kind}/{term.Name}"),
        [TermValue] = new($"{Searchable(term.Value)}\0{(id.IsNumber ? StoredId.ToSortKey(id) : "")}"),
    };

    public static ImmutableArray<IndexTerm> TermsOf(Dictionary<string, AttributeValue> entry)
    {
        var texts = entry.TryGetValue(Terms, out var stored) && stored.L is { } list ? list : [];
        return [.. texts.Chunk(2).Select(static pair => new IndexTerm(pair[0].S, pair[1].S))];
    }
}
