using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>The page of the strangler's metrics lists what there is.</summary>
public sealed partial class MetricsTests
{
    private const string Page = "docs/metrics.md";

    [Fact]
    public void The_page_lists_every_instrument_with_its_type()
    {
        var there = Instruments().ToHashSet();
        var listed = Rows().ToHashSet();

        Expect.None(there.Except(listed).Select(static missing => $"{missing.Name} ({missing.Type})"), $"Instruments that {Page} does not list, or with another type:");
        Expect.None(listed.Except(there).Select(static gone => $"{gone.Name} ({gone.Type})"), $"Instruments that {Page} lists and that are not there, or of another type:");
        Assert.Equal(Rows().Count(), listed.Count);
        Assert.NotEmpty(listed);
    }

    private static IEnumerable<(string Name, string Type)> Rows() =>
        Row().Matches(Repository.Read(Page)).Select(static row => (row.Groups["name"].Value, row.Groups["type"].Value));

    private static IEnumerable<(string Name, string Type)> Instruments() =>
        from file in Repository.ProductSource
        where file.Path.StartsWith("src/Strangler/", StringComparison.Ordinal)
        from call in file.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        let method = (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText
        let type = method switch
        {
            "CreateCounter" => "counter",
            "CreateHistogram" => "histogram",
            "CreateObservableGauge" => "gauge",
            "CreateUpDownCounter" or "CreateObservableCounter" or "CreateObservableUpDownCounter" or "CreateGauge" => method,
            _ => null,
        }
        where type is not null
        select (((call.ArgumentList.Arguments[0].Expression as LiteralExpressionSyntax)?.Token.ValueText ?? $"a name that is no literal in {file.Path}"), type);

    [GeneratedRegex(@"^\| `(?<name>[a-z.-]+)` \| (?<type>[a-z]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
