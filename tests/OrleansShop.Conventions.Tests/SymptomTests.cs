using System.Text.RegularExpressions;
using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>Every problem type that a client can meet has a page that says what to do.</summary>
public sealed partial class SymptomTests
{
    [Fact]
    public void Every_problem_type_has_a_page()
    {
        var slugs = Repository.ProductSource.Select(file => file.Tree.ToString())
            .SelectMany(text => ProblemType().Matches(text).Concat(Kind().Matches(text)))
            .Select(match => match.Groups["slug"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal);

        Expect.None(slugs.Where(slug => !Repository.Exists($"docs/symptoms/{slug}.md")), "Problem types without a page in docs/symptoms:");
    }

    [Fact]
    public void Every_page_describes_a_problem_type_that_exists()
    {
        var source = string.Concat(Repository.ProductSource.Select(file => file.Tree.ToString()));

        Expect.None(Repository.Files("*.md", "docs/symptoms")
            .Select(page => Path.GetFileNameWithoutExtension(page)!)
            .Where(slug => slug != "README" && !source.Contains($"\"{slug}\"", StringComparison.Ordinal) && !source.Contains($"problems/{slug}", StringComparison.Ordinal)), "Pages without a problem type:");
    }

    [GeneratedRegex("""problems/(?<slug>[a-z][a-z0-9-]+)""")]
    private static partial Regex ProblemType();

    [GeneratedRegex("""(?:ProblemKind[^(;=]*=\s*new|new ProblemKind)\(\s*"(?<slug>[a-z][a-z0-9-]+)""")]
    private static partial Regex Kind();
}
