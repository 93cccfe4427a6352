using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>Writes types as C#: with <c>global::</c>, without nullable annotations, with type parameters under the names that the generated class gives them.</summary>
/// <param name="typeParameters">The names; a parameter that is not in it keeps its own.</param>
internal sealed class TypeText(IReadOnlyDictionary<ITypeParameterSymbol, string> typeParameters)
{
    /// <summary>Writes type parameters under their own names.</summary>
    public static TypeText Plain { get; } =
        new(new Dictionary<ITypeParameterSymbol, string>(SymbolEqualityComparer.Default));

    public string Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => OfArray(array),
        ITypeParameterSymbol parameter => typeParameters.TryGetValue(parameter, out var name) ? name : Escape(parameter.Name),
        IDynamicTypeSymbol => "object",
        INamedTypeSymbol { IsTupleType: true } tuple => "(" + string.Join(", ", tuple.TupleElements.Select(OfTupleElement)) + ")",
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            when nullable.TypeArguments[0] is not ITypeParameterSymbol => Of(nullable.TypeArguments[0]) + "?",
        INamedTypeSymbol named => Keyword(named.SpecialType) ?? OfNamed(named, open: false),
        _ => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
    };

    /// <summary>The type as <c>typeof</c> takes it: without type arguments if it is generic.</summary>
    public static string Open(INamedTypeSymbol type) => Keyword(type.SpecialType) ?? Plain.OfNamed(type.OriginalDefinition, open: true);

    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private string OfArray(IArrayTypeSymbol array)
    {
        // C# writes the outermost rank first: int[][,] is an array of two-dimensional arrays.
        var ranks = "";
        ITypeSymbol element = array;
        while (element is IArrayTypeSymbol inner)
        {
            ranks += "[" + new string(',', inner.Rank - 1) + "]";
            element = inner.ElementType;
        }

        return Of(element) + ranks;
    }

    // An explicit interface implementation must repeat the names of tuple elements.
    private string OfTupleElement(IFieldSymbol element) =>
        element.IsExplicitlyNamedTupleElement ? $"{Of(element.Type)} {Escape(element.Name)}" : Of(element.Type);

    private string OfNamed(INamedTypeSymbol type, bool open)
    {
        var prefix = type.ContainingType is { } outer ? OfNamed(outer, open) + "."
            : type.ContainingNamespace is { IsGlobalNamespace: false } space ? "global::" + Namespace(space) + "."
            : "global::";
        var arguments = type.TypeArguments.Length == 0 ? ""
            : open ? "<" + new string(',', type.TypeArguments.Length - 1) + ">"
            : "<" + string.Join(", ", type.TypeArguments.Select(Of)) + ">";
        return prefix + Escape(type.Name) + arguments;
    }

    private static string Namespace(INamespaceSymbol space) =>
        string.Join(".", space.ToDisplayString().Split('.').Select(part => Escape(part.TrimStart('@'))));

    private static string? Keyword(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Byte => "byte",
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_Int32 => "int",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_Int64 => "long",
        SpecialType.System_UInt64 => "ulong",
        SpecialType.System_Char => "char",
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        SpecialType.System_Decimal => "decimal",
        SpecialType.System_String => "string",
        SpecialType.System_Object => "object",
        _ => null,
    };
}
