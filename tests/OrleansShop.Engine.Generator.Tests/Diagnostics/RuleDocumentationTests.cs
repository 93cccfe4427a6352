using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;

namespace OrleansShop.Engine.Generator.Tests.Diagnostics;

public sealed class RuleDocumentationTests
{
    public static TheoryData<string> Ids() => [.. Rules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_has_a_section_with_its_title_and_severity(string id)
    {
        var rule = Rules.Find(id);
        var heading = $"## {id}\n\n*{Severity(rule.DefaultSeverity)}.* {rule.Title}.\n";
        Assert.Contains(heading, Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_has_no_section_of_a_rule_that_is_gone()
    {
        var sections = Page().Split('\n').Where(line => line.StartsWith("## ORSHOP", StringComparison.Ordinal)).Select(line => line[3..]);
        Assert.Equal(Rules.All.Select(rule => rule.Id).Order(StringComparer.Ordinal), sections);
    }

    private static string Severity(DiagnosticSeverity severity) => severity == DiagnosticSeverity.Info ? "Note" : severity.ToString();

    private static string Page([CallerFilePath] string testFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(testFile)!, "../../../docs/generator-diagnostics.md"));
}
