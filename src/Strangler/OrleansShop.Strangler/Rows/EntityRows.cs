using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Rows;

/// <summary>All rows of one entity. Immutable.</summary>
/// <param name="Kind">The kind of the entity.</param>
/// <param name="Id">The id as text, whatever the type of the key column.</param>
/// <param name="Version">
/// How many times the entity has been written by its owner; 0 when the rows come from the monolith, which does not count.
/// </param>
/// <param name="Row">The row of the entity's table, with its key column.</param>
/// <param name="Children">The rows of each child table by the table's name; null when the kind has none.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.EntityRows")]
public sealed record EntityRows(
    string Kind,
    string Id,
    long Version,
    Row Row,
    IReadOnlyDictionary<string, IReadOnlyList<Row>>? Children = null)
{
    /// <summary>Returns the rows of a child table; empty when there are none.</summary>
    public IReadOnlyList<Row> ChildrenIn(string table) =>
        Children is not null && Children.TryGetValue(table, out var rows) ? rows : [];

    /// <inheritdoc />
    public bool Equals(EntityRows? other) =>
        other is not null && (Kind, Id, Version) == (other.Kind, other.Id, other.Version) && Row.Equals(other.Row) && HasSameChildren(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Kind, Id, Version, Row);

    /// <summary>The names only: the rows may hold personal data.</summary>
    public override string ToString() => $"{Kind} {Id} at version {Version}";

    [JsonIgnore]
    private IEnumerable<string> NonEmptyTables =>
        Children is null ? [] : Children.Where(static pair => pair.Value.Count > 0).Select(static pair => pair.Key);

    private bool HasSameChildren(EntityRows other) =>
        NonEmptyTables.ToHashSet(StringComparer.Ordinal).SetEquals(other.NonEmptyTables)
        && NonEmptyTables.All(table => ChildrenIn(table).ToHashSet().SetEquals(other.ChildrenIn(table)));
}
