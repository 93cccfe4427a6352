using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>What the pages name exists; what they show is taken from code that is built and tested.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Roots = ["src/", "tests/", "docs/", "deploy/", ".ci/", ".analyzers/"];

    /// <summary>Names in pages that belong to .NET, to the actor programming model's wider world, or to formats: they exist, elsewhere.</summary>
    private static readonly HashSet<string> External = [.. Repository.Read("tests/OrleansShop.Conventions.Tests/external-names.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static readonly Lazy<HashSet<string>> Identifiers = new(() =>
    [
        .. Repository.Source.SelectMany(file => file.Tree.GetRoot().DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => token.ValueText),
    ]);

    public static TheoryData<string> Pages() => [.. Repository.Pages()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_path_that_a_page_names_exists(string page)
    {
        var named = InBackticks(page)
            .Where(text => Roots.Any(root => text.StartsWith(root, StringComparison.Ordinal)) && !text.Contains('<') && !text.Contains('*') && !text.Contains(' '))
            .Select(text => text.TrimEnd('/'));

        Expect.None(named.Where(path => !Repository.Exists(path)), "Paths that do not exist:");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_type_that_a_page_names_exists(string page)
    {
        var named = InBackticks(page).Where(text => TypeName().IsMatch(text));

        Expect.None(named.Where(name => !Identifiers.Value.Contains(name) && !External.Contains(name)
            && Repository.Files("*.csproj").All(project => Path.GetFileNameWithoutExtension(project) != name)), "Types that do not exist:");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(page)!;
        var broken = Link().Matches(Repository.Read(page)).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Where(target => !Repository.Exists(Path.Combine(folder, target.Split('#')[0])));

        Expect.None(broken, "Links that lead nowhere:");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_code_is_taken_from_a_source_file(string page)
    {
        var source = Repository.Source.Select(file => Normalize(file.Tree.ToString())).ToList();

        var invented = CodeBlock().Matches(Repository.Read(page)).Select(match => match.Groups["code"].Value)
            .Where(code => !source.Any(text => text.Contains(Normalize(code), StringComparison.Ordinal)));

        Expect.None(invented, "Code that stands in no source file:");
    }

    private static IEnumerable<string> InBackticks(string page) =>
        Backticks().Matches(Fence().Replace(Repository.Read(page), "")).Select(match => match.Groups["text"].Value);

    /// <summary>Lines without their indentation: a block may be shown less deep than it stands.</summary>
    private static string Normalize(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("`(?<text>[^`\n]+)`")]
    private static partial Regex Backticks();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^(?:I?[A-Z][a-z0-9]+){2,}$")]
    private static partial Regex TypeName();
}
