using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Diagnostics;

/// <summary>Findings and the compilation whose syntax trees they are in: a pragma or an .editorconfig counts only for a place in a tree.</summary>
internal sealed record FindingsInTrees(EquatableList<Finding> Findings, Compilation Compilation)
{
    public IEnumerable<Diagnostic> ToDiagnostics()
    {
        var trees = Compilation.SyntaxTrees.ToLookup(tree => tree.FilePath, StringComparer.Ordinal);
        return Findings.Select(finding => finding.ToDiagnostic(trees[finding.Place.FilePath].FirstOrDefault()));
    }
}
