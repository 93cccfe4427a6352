using System.Globalization;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.ServiceDefaults.Indexing;

/// <summary>
/// How indexes store ids: so that they sort as ids do, numbers before texts. A text stands behind a tilde: SQLite would make the number 7 of <c>007</c> in a column of integers, and in sort keys digits are numbers.
/// </summary>
internal static class StoredId
{
    /// <summary>Sorts behind every digit.</summary>
    private const char Text = '~';

    private const int NumberLength = 16;

    /// <summary>What a column of SQLite holds: an integer, or a text.</summary>
    public static object ToColumn(EntityId id) => id.IsNumber ? id.Value : $"{Text}{id}";

    /// <summary>Reads what a column of SQLite holds.</summary>
    public static EntityId FromColumn(object value) => value is long number ? number : KeyType.Text.Read(((string)value)[1..]);

    /// <summary>
    /// The part of a sort key: a number in 16 digits, or a tilde and the text. As unsigned numbers with the sign's bit turned over, numbers sort as they do with their sign.
    /// </summary>
    public static string ToSortKey(EntityId id) => id.IsNumber ? $"{unchecked((ulong)(long)id) ^ (1ul << 63):x16}" : $"{Text}{id}";

    /// <summary>Reads the part of a sort key.</summary>
    /// <param name="part">Begins with the id.</param>
    /// <param name="after">How many characters follow a text.</param>
    public static EntityId FromSortKey(ReadOnlySpan<char> part, int after) => part is [Text, ..]
        ? KeyType.Text.Read(part[1..^after].ToString())
        : unchecked((long)(ulong.Parse(part[..NumberLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) ^ (1ul << 63)));
}
