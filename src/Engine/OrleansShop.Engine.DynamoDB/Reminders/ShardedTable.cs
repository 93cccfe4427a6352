using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.Reminders;

/// <summary>
/// The layout of our table of reminders. A partition key is a service and a 64th of all hashes, a sort key begins with the hash: so the silo that owns a range
/// of hashes reads exactly its reminders, from the table itself and therefore strongly consistently. The official layout needs an index for that, which lags.
/// </summary>
/// <remarks>
/// 64 shards are enough for 64,000 writes a second of one service, and few enough to read all with 64 queries when there is nothing in them.
/// </remarks>
internal static class ShardedTable
{
    /// <summary>Partition key: the service's id, a hash sign, and the first 6 bits of the grain's hash in two digits.</summary>
    public const string Shard = nameof(Shard);

    /// <summary>Sort key: the grain's hash in 8 hexadecimal digits, the length of the grain's id, that id, and the reminder's name, with slashes between.</summary>
    public const string Reminder = nameof(Reminder);

    public const string GrainId = nameof(GrainId);
    public const string ReminderName = nameof(ReminderName);

    /// <summary>UTC, in <see cref="TimeFormat"/>.</summary>
    public const string StartAt = nameof(StartAt);

    /// <summary>As <c>d.hh:mm:ss.fffffff</c>.</summary>
    public const string Period = nameof(Period);

    /// <summary>Drawn anew for each write.</summary>
    public const string ETag = nameof(ETag);

    /// <summary>When the last tick that was sent was due, in <see cref="TimeFormat"/>. Not there before the first.</summary>
    public const string LastTick = nameof(LastTick);

    /// <summary>Sorts as text like the times do.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    private const int ShardShift = 26;

    public static TableLayout Layout { get; } = new("reminders", KeyColumn.Text(Shard), KeyColumn.Text(Reminder));

    public static string ShardOf(string service, uint hash) => string.Create(CultureInfo.InvariantCulture, $"{service}#{hash >> ShardShift:00}");

    /// <summary>The sort keys of a grain begin with this, and no others do: the length tells where the id ends, whatever is in it.</summary>
    public static string PrefixOf(GrainId grain)
    {
        var text = KeyText.Of(grain);
        return string.Create(CultureInfo.InvariantCulture, $"{grain.GetUniformHashCode():x8}/{text.Length}/{text}/");
    }

    /// <exception cref="ArgumentException">DynamoDB has no such key.</exception>
    public static Dictionary<string, AttributeValue> KeyOf(string service, GrainId grain, string name)
    {
        var reminder = PrefixOf(grain) + name;
        KeyText.Check(reminder, DynamoDBTable.MaxSortKeyBytes, $"The key of the reminder \"{name}\" of {grain}");
        return new() { [Shard] = new(ShardOf(service, grain.GetUniformHashCode())), [Reminder] = new(reminder) };
    }

    /// <summary>What there is to ask for the hashes above <paramref name="begin"/> and up to <paramref name="end"/>: a shard and the bounds of its sort keys each.</summary>
    public static IEnumerable<(string Shard, string From, string To)> Within(string service, uint begin, uint end)
    {
        foreach (var (first, last) in Intervals(begin, end))
        {
            for (var shard = first >> ShardShift; shard <= last >> ShardShift; shard++)
            {
                var low = Math.Max(first, shard << ShardShift);
                var high = Math.Min(last, (shard << ShardShift) | ((1u << ShardShift) - 1));

                // After the hash stands a slash, and after the slash in the alphabet the zero.
                yield return (ShardOf(service, low), $"{low:x8}", $"{high:x8}0");
            }
        }
    }

    public static Dictionary<string, AttributeValue> ItemOf(string service, ReminderEntry entry, string etag) => new(KeyOf(service, entry.GrainId, entry.ReminderName))
    {
        [GrainId] = new(entry.GrainId.ToString()),
        [ReminderName] = new(entry.ReminderName),
        [StartAt] = new(TextOf(entry.StartAt)),
        [Period] = new(entry.Period.ToString("c", CultureInfo.InvariantCulture)),
        [ETag] = new(etag),
    };

    public static ReminderEntry EntryOf(Dictionary<string, AttributeValue> item) => new()
    {
        GrainId = Orleans.Runtime.GrainId.Parse(item[GrainId].S),
        ReminderName = item[ReminderName].S,
        StartAt = TimeOf(item[StartAt].S),
        Period = TimeSpan.ParseExact(item[Period].S, "c", CultureInfo.InvariantCulture),
        ETag = item[ETag].S,
    };

    public static string TextOf(DateTime utc) => utc.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTime TimeOf(string text) =>
        DateTime.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    // A range that does not begin below its end wraps.
    private static IEnumerable<(uint First, uint Last)> Intervals(uint begin, uint end)
    {
        if (begin < end)
        {
            yield return (begin + 1, end);
            yield break;
        }

        if (begin < uint.MaxValue) yield return (begin + 1, uint.MaxValue);
        yield return (0, end);
    }
}
