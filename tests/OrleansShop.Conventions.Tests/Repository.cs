using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansShop.Conventions.Tests;

/// <summary>The files of this repository, read once.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["/bin/", "/obj/", "/node_modules/", "/.git/", "/artifacts/", "/TestResults/"];

    private static readonly Lazy<IReadOnlyList<(string Path, SyntaxTree Tree)>> ParsedSource = new(() =>
        [.. Files("*.cs", "src").Concat(Files("*.cs", "tests")).Select(path => (path, CSharpSyntaxTree.ParseText(Read(path), path: path)))]);

    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>Every source file under <c>src</c> and <c>tests</c>, parsed.</summary>
    public static IReadOnlyList<(string Path, SyntaxTree Tree)> Source => ParsedSource.Value;

    /// <summary>The parsed files under <c>src</c>.</summary>
    public static IEnumerable<(string Path, SyntaxTree Tree)> ProductSource => Source.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>Paths relative to the root, with forward slashes, in order.</summary>
    public static IEnumerable<string> Files(string pattern, string folder = "") =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !NotOurs.Any(part => ("/" + path).Contains(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);

    /// <summary>Every Markdown page: the README and everything under <c>docs</c> and <c>deploy</c>.</summary>
    public static IEnumerable<string> Pages() => Files("*.md");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    public static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
