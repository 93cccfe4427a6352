using Microsoft.CodeAnalysis;
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
    public static PlacedAlias? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return context.TargetSymbol is INamedTypeSymbol type && type.Alias() is { } alias && type.IsNameableInAssembly()
            ? new PlacedAlias(new AliasModel(TypeText.Open(type), alias), type.ToDisplayString(), Place.Of(type))
            : null;
    }

    public static EquatableList<Finding> FindDuplicates(IEnumerable<PlacedAlias> aliases) => aliases
        .GroupBy(a => a.Model.Alias, StringComparer.Ordinal)
        .SelectMany(same => same.Skip(1).Select(other =>
            Finding.Of(Rules.DuplicateAlias, other.Place, same.First().Type, other.Type, same.Key)))
        .ToEquatableList();
}
