using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>Where the code generated for a type lives: the type's namespace under a namespace of its own, so that nothing of it can be mistaken for the user's.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Stem">What the names of the generated classes begin with.</param>
internal sealed record GeneratedNames(string Namespace, string Stem)
{
    public string HintStem => Namespace + "." + Stem;

    public static GeneratedNames For(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : "." + type.ContainingNamespace.ToDisplayString();
        return new GeneratedNames(EngineNames.GeneratedNamespace + space, StemOf(type));
    }

    private static string StemOf(INamedTypeSymbol type)
    {
        var own = type.Arity == 0 ? type.Name : type.Name + "_" + type.Arity;
        return type.ContainingType is null ? own : StemOf(type.ContainingType) + "__" + own;
    }
}
