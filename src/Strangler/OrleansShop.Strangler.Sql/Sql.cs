namespace OrleansShop.Strangler.Sql;

/// <summary>What standard SQL says the same way on both databases.</summary>
internal static class Sql
{
    /// <summary>An identifier in double quotes, so that it is never read as anything else.</summary>
    internal static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
