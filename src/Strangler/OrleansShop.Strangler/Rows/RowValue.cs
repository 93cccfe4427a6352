using System.Globalization;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Rows;

/// <summary>The few types that values take between a database, JSON and a service.</summary>
internal static class RowValue
{
    internal const string DateFormat = "yyyy-MM-dd";

    internal static object? Normalize(string column, object? value) => value switch
    {
        null or DBNull => null,
        string or long or bool or decimal or double => value,
        int number => (long)number,
        short number => (long)number,
        byte number => (long)number,
        float number => (double)number,
        DateOnly date => date.ToString(DateFormat, CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        EntityId id => id.Value,
        _ => throw new ArgumentException($"Column '{column}' holds a value of type {value.GetType()}, which rows do not carry.", nameof(value)),
    };

    /// <summary>Names the type, not the value, which may be personal data.</summary>
    internal static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"a text of {text.Length} characters",
        _ => $"a value of type {value.GetType().Name}",
    };
}
