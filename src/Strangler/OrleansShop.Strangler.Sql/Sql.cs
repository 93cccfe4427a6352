namespace OrleansShop.Strangler.Sql;

/// <summary>What standard SQL says the same way on both databases.</summary>
internal static class Sql
{
    /// <summary>A column with its table: SQLite takes a quoted name alone that is none for a text, and would read the name of a column that is gone as its value.</summary>
    internal static string Quote(string table, string column) => $"{Quote(table)}.{Quote(column)}";

    /// <summary>An identifier in double quotes, so that it is never read as anything else.</summary>
    internal static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
