using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Manifest;

/// <summary>A type with <c>[Alias]</c>.</summary>
/// <param name="TypeOf">The operand of <c>typeof</c>.</param>
/// <param name="Alias">What stands for it.</param>
internal sealed record AliasModel(string TypeOf, string Alias);

/// <summary>An alias and where it stands, to find two that are the same.</summary>
internal sealed record PlacedAlias(AliasModel Model, string Type, Place Place);

/// <summary>Reads the aliases of types; those of methods are part of the methods' ids.</summary>
internal static class AliasReader
{
    public static IncrementalValueProvider<ImmutableArray<PlacedAlias>> ReadAll(IncrementalGeneratorInitializationContext context)
    {
        var plain = context.SyntaxProvider.ForAttributeWithMetadataName("Orleans.AliasAttribute", static (node, _) => node is BaseTypeDeclarationSyntax, ReadPlain);
        var compound = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Orleans.CompoundTypeAliasAttribute", static (node, _) => node is BaseTypeDeclarationSyntax, ReadCompound);
        return plain.Collect().Combine(compound.Collect()).Select(static (both, _) => both.Left.AddRange(both.Right)
            .Where(static alias => alias is not null).Select(static alias => alias!).ToImmutableArray());
    }

    private static PlacedAlias? ReadPlain(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return context.TargetSymbol is INamedTypeSymbol type ? Place(type, type.Alias()) : null;
    }

    private static PlacedAlias? ReadCompound(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return context.TargetSymbol is INamedTypeSymbol type && type.Alias() is null ? Place(type, Compound(context.Attributes[0])) : null;
    }

    private static PlacedAlias? Place(INamedTypeSymbol type, string? alias) => alias is not null && type.IsNameableInAssembly()
        ? new PlacedAlias(new AliasModel(TypeText.Open(type), alias), type.ToDisplayString(), Diagnostics.Place.Of(type))
        : null;

    /// <summary>The parts between parentheses: texts as they are, types by their own alias or, in angle brackets, by name.</summary>
    private static string? Compound(AttributeData attribute)
    {
        if (attribute.ConstructorArguments.FirstOrDefault() is not { Kind: TypedConstantKind.Array, IsNull: false } parts) return null;
        return "(" + string.Join("|", parts.Values.Select(part => part.Value switch
        {
            INamedTypeSymbol type => type.Alias() ?? $"<{MetadataText.OfDefinition(type)}>",
            var text => text?.ToString() ?? "",
        })) + ")";
    }

    public static EquatableList<Finding> FindDuplicates(IEnumerable<PlacedAlias> aliases) => aliases
        .GroupBy(a => a.Model.Alias, StringComparer.Ordinal)
        .SelectMany(same => same.Skip(1).Select(other =>
            Finding.Of(Rules.DuplicateAlias, other.Place, same.First().Type, other.Type, same.Key)))
        .ToEquatableList();
}
