using Microsoft.CodeAnalysis;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>What the readers ask about symbols. Types are recognised by full name: no symbol is kept between steps.</summary>
internal static class SymbolQuestions
{
    /// <summary>Whether the type's definition has this namespace and metadata name.</summary>
    public static bool Is(this ITypeSymbol type, string @namespace, string metadataName) =>
        type is INamedTypeSymbol { ContainingType: null } named
        && named.OriginalDefinition.MetadataName == metadataName
        && named.ContainingNamespace.ToDisplayString() == @namespace;

    public static AttributeData? FindAttribute(this ISymbol symbol, string @namespace, string metadataName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Is(@namespace, metadataName)) return attribute;
        }

        return null;
    }

    public static bool HasAttribute(this ISymbol symbol, string @namespace, string metadataName) =>
        symbol.FindAttribute(@namespace, metadataName) is not null;

    public static bool HasGenerateSerializer(this ITypeSymbol type) =>
        type.OriginalDefinition.HasAttribute("Orleans", "GenerateSerializerAttribute");

    public static bool IsMarkedImmutable(this ISymbol symbol) => symbol.HasAttribute("Orleans", "ImmutableAttribute");

    /// <summary>The text of an <c>[Alias]</c>, or null.</summary>
    public static string? Alias(this ISymbol symbol) =>
        symbol.FindAttribute("Orleans", "AliasAttribute")?.FirstArgument() as string;

    /// <summary>The number of an <c>[Id]</c>, or null.</summary>
    public static uint? Id(this ISymbol symbol) =>
        symbol.FindAttribute("Orleans", "IdAttribute")?.FirstArgument() as uint?;

    public static object? FirstArgument(this AttributeData attribute) => attribute.ConstructorArguments.FirstOrDefault() is { Kind: not TypedConstantKind.Array } argument
        ? argument.Value
        : null;

    public static bool Implements(this ITypeSymbol type, string @namespace, string metadataName) =>
        type.AllInterfaces.Any(i => i.Is(@namespace, metadataName));

    /// <summary>Whether values of the type are references to grains, observers or extensions.</summary>
    public static bool IsAddressable(this ITypeSymbol type) =>
        type.Is("Orleans.Runtime", "IAddressable") || type.Implements("Orleans.Runtime", "IAddressable");

    public static bool DerivesFrom(this ITypeSymbol type, string @namespace, string metadataName)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Is(@namespace, metadataName)) return true;
        }

        return false;
    }

    public static bool IsCancellationToken(this ITypeSymbol type) => type.Is("System.Threading", "CancellationToken");

    public static bool IsGrainToken(this ITypeSymbol type) => type.Is("Orleans", "GrainCancellationToken");

    /// <summary>Whether code elsewhere in the same assembly can name the type.</summary>
    public static bool IsNameableInAssembly(this ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.IsNameableInAssembly(),
        INamedTypeSymbol named => IsDeclarationNameable(named) && named.TypeArguments.All(IsNameableInAssembly),
        _ => true,
    };

    private static bool IsDeclarationNameable(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal) return false;
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal) return false;
        }

        return true;
    }

    public static bool IsAccessibleInAssembly(this ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    /// <summary>The type's parameters and those of the types around it, outermost first.</summary>
    public static IEnumerable<ITypeParameterSymbol> AllTypeParameters(this INamedTypeSymbol type) =>
        type.ContainingType is null ? type.TypeParameters : type.ContainingType.AllTypeParameters().Concat(type.TypeParameters);

    /// <summary>The position of a type's parameter as metadata counts: a nested type repeats those of the types around it in front of its own.</summary>
    public static int FlattenedOrdinal(this ITypeParameterSymbol parameter) =>
        parameter.Ordinal + (parameter.DeclaringType!.ContainingType is { } outer ? outer.AllTypeParameters().Count() : 0);
}
