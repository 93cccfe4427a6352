namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>The text files beside the conformity tests: a line is two columns with a tab between them, or a comment after <c>#</c>.</summary>
internal static class TextTable
{
    /// <summary>The rows, in the file's order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string name) =>
        [.. File.ReadLines(PathOf(name)).Where(line => line.Length > 0 && line[0] != '#').Select(line => Row(name, line))];

    /// <summary>Removes rows from the file; comments stay.</summary>
    public static void Remove(string name, IReadOnlySet<string> keys) =>
        File.WriteAllLines(PathOf(name), File.ReadAllLines(PathOf(name)).Where(line => !keys.Contains(line.Split('\t')[0])));

    private static KeyValuePair<string, string> Row(string name, string line) => line.Split('\t') is [var key, var value]
        ? new(key, value)
        : throw new FormatException($"This line of {name} is not two columns with one tab between them: {line}");

    private static string PathOf(string name) => Surfaces.Path("tests/OrleansShop.Engine.Abstractions.Tests/Conformity/" + name);
}
