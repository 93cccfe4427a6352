using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>Folders named <c>Protocol</c> hold pure decisions: state and event in, state and effects out.</summary>
public sealed class ProtocolPurityTests
{
    private static readonly string[] BannedNames =
    [
        "Task", "ValueTask", "ILogger", "Stream", "Socket", "HttpClient", "TimeProvider", "Timer", "Thread", "DbConnection", "Random", "CancellationToken",
    ];

    public static TheoryData<string> ProtocolFiles() =>
        [.. Repository.ProductSource.Select(file => file.Path).Where(path => path.Contains("/Protocol/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(ProtocolFiles))]
    public void A_protocol_does_nothing_but_decide(string path)
    {
        var root = Repository.Source.Single(file => file.Path == path).Tree.GetCompilationUnitRoot(TestContext.Current.CancellationToken);

        var named = root.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText).Distinct();
        Expect.None(named.Intersect(BannedNames), "Names that a protocol may not use:");

        var foreign = root.DescendantNodes().OfType<UsingDirectiveSyntax>()
            .Select(directive => directive.Name?.ToString() ?? "")
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal)
                && !name.StartsWith("Orleans", StringComparison.Ordinal));
        Expect.None(foreign, "Namespaces that a protocol may not use:");
    }
}
