using Microsoft.CodeAnalysis;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>Writes expressions of type <see cref="Type"/> that find a method's parameters by reflection.</summary>
/// <param name="declaring">The interface that declares the method.</param>
internal sealed class ReflectedType(INamedTypeSymbol declaring)
{
    /// <summary>A <c>typeof</c>, or, where the type mentions parameters of a generic interface or method, the type built from those.</summary>
    public string Expression(ITypeSymbol type) => type switch
    {
        _ when !MentionsTypeParameter(type) => $"typeof({TypeText.Plain.Of(type)})",
        ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } parameter =>
            $"global::System.Type.MakeGenericMethodParameter({parameter.Ordinal})",
        ITypeParameterSymbol parameter =>
            $"typeof({TypeText.Open(declaring)}).GetGenericArguments()[{parameter.FlattenedOrdinal()}]",
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
}
