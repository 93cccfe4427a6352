using Microsoft.CodeAnalysis;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>Writes types as metadata names them, for hashes and look-ups: independent of usings, aliases and annotations.</summary>
internal static class MetadataText
{
    /// <summary>The name of a type's definition: <c>System.Collections.Generic.List`1</c>, <c>A.Outer+Inner</c>.</summary>
    public static string OfDefinition(INamedTypeSymbol type)
    {
        var definition = type.OriginalDefinition;
        if (definition.ContainingType is { } outer) return OfDefinition(outer) + "+" + definition.MetadataName;
        return definition.ContainingNamespace.IsGlobalNamespace
            ? definition.MetadataName
            : definition.ContainingNamespace.ToDisplayString() + "." + definition.MetadataName;
    }

    /// <summary>A type with its arguments; a type parameter is <c>!n</c> of its type or <c>!!n</c> of its method, whatever its name.</summary>
    public static string Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Of(array.ElementType) + "[" + new string(',', array.Rank - 1) + "]",
        ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } parameter => "!!" + parameter.Ordinal,
        ITypeParameterSymbol parameter => "!" + parameter.FlattenedOrdinal(),
        INamedTypeSymbol { IsTupleType: true, TupleUnderlyingType: { } underlying } => Of(underlying),
        INamedTypeSymbol named when AllArguments(named).ToArray() is { Length: > 0 } arguments =>
            OfDefinition(named) + "<" + string.Join(",", arguments.Select(Of)) + ">",
        INamedTypeSymbol named => OfDefinition(named),
        _ => type.ToDisplayString(),
    };

    private static IEnumerable<ITypeSymbol> AllArguments(INamedTypeSymbol type) =>
        type.ContainingType is null ? type.TypeArguments : AllArguments(type.ContainingType).Concat(type.TypeArguments);
}
