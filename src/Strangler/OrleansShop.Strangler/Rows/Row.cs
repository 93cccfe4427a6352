using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Rows;

/// <summary>
/// One row of the monolith's database: columns by name, in no order. A value is null, a string, a <see cref="long"/>, a <see cref="decimal"/>,
/// a <see cref="double"/> or a <see cref="bool"/>; dates and times are ISO 8601 strings. Immutable, compared by content, case-sensitive.
/// </summary>
[JsonConverter(typeof(RowJsonConverter))]
public sealed class Row : IEquatable<Row>
{
    private readonly FrozenDictionary<string, object?> _values;

    /// <summary>Takes the columns, widening integers to <see cref="long"/> and writing dates as text.</summary>
    /// <exception cref="ArgumentException">A value is of another type, or a column comes twice.</exception>
    public Row(IEnumerable<KeyValuePair<string, object?>> columns)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (column, value) in columns)
        {
            values.Add(column, RowValue.Normalize(column, value));
        }

        _values = values.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Makes a row from columns given in place.</summary>
    public static Row Of(params (string Column, object? Value)[] columns) =>
        new(columns.Select(static pair => KeyValuePair.Create(pair.Column, pair.Value)));

    /// <summary>The value of a column.</summary>
    /// <exception cref="KeyNotFoundException">The row has no such column.</exception>
    public object? this[string column] => _values.TryGetValue(column, out var value)
        ? value
        : throw new KeyNotFoundException($"The row has no column '{column}'; it has {string.Join(", ", _values.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>The text in a column that is never null.</summary>
    /// <exception cref="FormatException">The value is null or no text.</exception>
    public string Text(string column) => TextOrNull(column) ?? throw Unexpected(column, "text");

    /// <summary>The text in a column, or null.</summary>
    /// <exception cref="FormatException">The value is neither null nor text.</exception>
    public string? TextOrNull(string column) => this[column] switch
    {
        null => null,
        string text => text,
        _ => throw Unexpected(column, "text"),
    };

    /// <summary>The integer in a column that is never null.</summary>
    /// <exception cref="FormatException">The value is no integer of 32 bits.</exception>
    public int Int32(string column) => Int32OrNull(column) ?? throw Unexpected(column, "an integer of 32 bits");

    /// <summary>The integer in a column, or null.</summary>
    /// <exception cref="FormatException">The value is neither null nor an integer of 32 bits.</exception>
    public int? Int32OrNull(string column) => this[column] switch
    {
        null => null,
        long number and >= int.MinValue and <= int.MaxValue => (int)number,
        _ => throw Unexpected(column, "an integer of 32 bits"),
    };

    /// <summary>The date in a column that is never null.</summary>
    /// <exception cref="FormatException">The value is no date of the form yyyy-MM-dd.</exception>
    public DateOnly Date(string column) => DateOrNull(column) ?? throw Unexpected(column, "a date of the form yyyy-MM-dd");

    /// <summary>The date in a column, or null.</summary>
    /// <exception cref="FormatException">The value is neither null nor a date of the form yyyy-MM-dd.</exception>
    public DateOnly? DateOrNull(string column) => this[column] switch
    {
        null => null,
        string text when DateOnly.TryParseExact(text, RowValue.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        _ => throw Unexpected(column, "a date of the form yyyy-MM-dd"),
    };

    /// <summary>The columns with their values.</summary>
    public IReadOnlyDictionary<string, object?> Columns => _values;

    /// <inheritdoc />
    public bool Equals(Row? other) =>
        other is not null && _values.Count == other._values.Count
        && _values.All(pair => other._values.TryGetValue(pair.Key, out var value) && Equals(pair.Value, value));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Row);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        // Addition does not depend on the order of the columns.
        var hash = _values.Count;
        foreach (var (column, value) in _values)
        {
            hash += HashCode.Combine(column, value);
        }

        return hash;
    }

    /// <summary>The columns' names only: values may be personal data.</summary>
    public override string ToString() => $"Row({string.Join(", ", _values.Keys.Order(StringComparer.Ordinal))})";

    private FormatException Unexpected(string column, string wanted) =>
        new($"Column '{column}' holds {RowValue.Describe(this[column])}; expected {wanted}.");
}
