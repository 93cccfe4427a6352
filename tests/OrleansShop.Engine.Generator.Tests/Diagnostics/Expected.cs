using System.Globalization;
using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Tests.Running;

namespace OrleansShop.Engine.Generator.Tests.Diagnostics;

/// <summary>Checks what the generator reports about a source.</summary>
internal static class Expected
{
    /// <param name="source">The source.</param>
    /// <param name="rule">The only rule that is reported.</param>
    /// <param name="at">The text that the report points at.</param>
    /// <param name="named">What its message names.</param>
    public static void Report(string source, string rule, string at, params string[] named)
    {
        var finding = Assert.Single(GeneratorRun.Of(source).Findings);
        Assert.Equal(rule, finding.Id);
        Assert.Equal(at, source.Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length));
        var message = finding.GetMessage(CultureInfo.InvariantCulture);
        Assert.All(named, name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    /// <summary>Nothing is reported, and source and generated code compile.</summary>
    public static void Nothing(params string[] sources)
    {
        var run = GeneratorRun.Of(sources);
        Assert.Empty(run.Findings.Where(f => f.Severity > DiagnosticSeverity.Info).Select(f => f.ToString()));
        run.CompilesCleanly();
    }
}
