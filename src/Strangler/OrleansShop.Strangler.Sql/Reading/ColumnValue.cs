using System.Globalization;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Reading;

/// <summary>
/// Carries values between rows and columns. SQLite would store a text in an integer column; what does not fit the declared type is refused
/// here, the same on both databases.
/// </summary>
internal static class ColumnValue
{
    /// <summary>Turns an id or reference, which queries carry as text, into what the column holds.</summary>
    internal static object FromText(ColumnSchema column, string text) => column.Kind switch
    {
        ColumnKind.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        ColumnKind.Text or ColumnKind.FormattedText => text,
        _ => throw new BridgeRefusedException(
            BridgeRefusal.Invalid, $"The column {column.Name} is of the type {column.DeclaredType}; a text of {text.Length} characters is not one of its values."),
    };

    /// <summary>Refuses an id that is not written as the rows of the entity write it: the ledger compares texts, and 017 is not 17 there.</summary>
    internal static void CheckIsId(ColumnSchema key, string text)
    {
        var value = FromText(key, text);
        var written = key.IsUniqueId && Guid.TryParse(text, out var id) ? id.ToString("D") : ToText(value);
        if (written != text)
        {
            throw new BridgeRefusedException(BridgeRefusal.Invalid, $"A text of {text.Length} characters is not how the column {key.Name} of the type {key.DeclaredType} writes an id.");
        }
    }

    /// <summary>The id of a row, as text.</summary>
    internal static string ToText(object? value) => value switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new BridgeRefusedException(BridgeRefusal.Invalid, $"An id must be a text or an integer, not {value?.GetType().Name ?? "null"}."),
    };

    /// <summary>A value as the database gave it, as rows carry it.</summary>
    internal static object? FromDatabase(ColumnSchema column, object value) => (column.Kind, value) switch
    {
        (_, DBNull) => null,
        // SQLite has no booleans of its own.
        (ColumnKind.Boolean, long number) => number != 0,
        _ => value,
    };

    /// <summary>A value as rows carry it, as the database takes it.</summary>
    internal static object? ToDatabase(ColumnSchema column, object? value) => (column.Kind, value) switch
    {
        (_, null) => null,
        (ColumnKind.Text or ColumnKind.FormattedText, string) => value,
        (ColumnKind.Integer, long) => value,
        (ColumnKind.Number, long or decimal or double) => value,
        (ColumnKind.Boolean, bool) => value,
        _ => throw new BridgeRefusedException(
            BridgeRefusal.Invalid, $"The column {column.Name} is of the type {column.DeclaredType} and cannot hold a value of the type {value.GetType().Name}."),
    };
}
