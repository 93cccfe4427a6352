using Microsoft.CodeAnalysis;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>Writes an expression of type <see cref="Type"/> that finds a method's parameter by reflection.</summary>
internal static class ReflectedType
{
    /// <summary>A <c>typeof</c>, or, where the type mentions parameters of a generic interface or method, the type built from those.</summary>
    public static string Expression(ITypeSymbol type) => type switch
    {
        _ when !MentionsTypeParameter(type) => $"typeof({TypeText.Plain.Of(type)})",
        ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } parameter =>
            $"global::System.Type.MakeGenericMethodParameter({parameter.Ordinal})",
        ITypeParameterSymbol parameter =>
            $"typeof({TypeText.Open(parameter.DeclaringType!)}).GetGenericArguments()[{OrdinalInFlattened(parameter)}]",
        IArrayTypeSymbol { Rank: 1 } array => $"{Expression(array.ElementType)}.MakeArrayType()",
        IArrayTypeSymbol array => $"{Expression(array.ElementType)}.MakeArrayType({array.Rank})",
        INamedTypeSymbol named =>
            $"global::System.Type.MakeGenericSignatureType(typeof({TypeText.Open(Untupled(named))}), {string.Join(", ", Arguments(named).Select(Expression))})",
        _ => $"typeof({TypeText.Plain.Of(type)})",
    };

    private static bool MentionsTypeParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => MentionsTypeParameter(array.ElementType),
        INamedTypeSymbol named => Arguments(named).Any(MentionsTypeParameter),
        _ => false,
    };

    private static INamedTypeSymbol Untupled(INamedTypeSymbol type) => type.TupleUnderlyingType ?? type;

    private static IEnumerable<ITypeSymbol> Arguments(INamedTypeSymbol type) =>
        type.ContainingType is null ? type.TypeArguments : Arguments(type.ContainingType).Concat(type.TypeArguments);

    // Reflection counts the parameters of enclosing types as the nested type's own.
    private static int OrdinalInFlattened(ITypeParameterSymbol parameter) =>
        parameter.Ordinal + (parameter.DeclaringType!.ContainingType is { } outer ? outer.AllTypeParameters().Count() : 0);
}
