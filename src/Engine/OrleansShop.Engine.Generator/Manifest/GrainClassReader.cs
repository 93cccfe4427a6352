using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Manifest;

/// <summary>A grain class.</summary>
/// <param name="TypeOf">The operand of <c>typeof</c>.</param>
internal sealed record GrainClassModel(string TypeOf);

/// <summary>Reads the grain classes: not abstract, derived from <c>Grain</c> or implementing <c>IGrainBase</c>, with a grain interface.</summary>
internal static class GrainClassReader
{
    public static bool IsCandidate(SyntaxNode node) => node is ClassDeclarationSyntax { BaseList: not null };

    public static Reading<GrainClassModel>? Read(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, cancellation) is not INamedTypeSymbol { IsAbstract: false } type) return null;
        if (!type.Implements("Orleans", "IGrainBase") || !type.Implements("Orleans", "IGrain")) return null;

        var first = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).First(IsCandidate);
        if (first != context.Node) return null;

        var findings = new List<Finding>();
        if (!type.IsNameableInAssembly())
        {
            findings.Add(Finding.Of(Rules.NotNameable, Place.Of(type), $"The manifest entry of '{type.Name}'", type.ToDisplayString()));
        }

        if (!type.AllInterfaces.Any(SaysKey))
        {
            var grainInterface = type.AllInterfaces.First(i => i.Is("Orleans", "IGrain") || i.Implements("Orleans", "IGrain"));
            findings.Add(Finding.Of(Rules.NoKey, Place.Of(type), type.ToDisplayString(), grainInterface.ToDisplayString()));
        }

        return Reading<GrainClassModel>.Of(() => new GrainClassModel(TypeText.Open(type)), findings, []);
    }

    private static bool SaysKey(INamedTypeSymbol type) =>
        type.Name.StartsWith("IGrainWith", StringComparison.Ordinal)
        && type.Name.EndsWith("Key", StringComparison.Ordinal)
        && type.ContainingNamespace.ToDisplayString() == "Orleans";
}
