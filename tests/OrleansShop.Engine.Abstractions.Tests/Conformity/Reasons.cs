namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>
/// A file of reasons: a row's first column names a type, or a type, a colon and a member; at its end a <c>*</c> stands for any rest. The second says why.
/// </summary>
internal sealed class Reasons(string file)
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _rows = TextTable.Read(file);

    /// <summary>The reason for a name; null if none is given. The longest row that fits counts.</summary>
    public string? For(string key) => _rows.Where(row => Fits(row.Key, key)).OrderByDescending(row => row.Key.Length).Select(row => row.Value).FirstOrDefault();

    /// <summary>The rows that none of the names needs.</summary>
    public IReadOnlyList<string> Unneeded(IReadOnlyCollection<string> keys) =>
        [.. _rows.Select(row => row.Key).Where(pattern => !keys.Any(key => Fits(pattern, key)))];

    private static bool Fits(string pattern, string key) =>
        pattern.EndsWith('*') ? key.StartsWith(pattern[..^1], StringComparison.Ordinal) : key == pattern;
}
