using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>A type that must have a serializer, which nothing on the type itself tells: it may be built in or have a converter anywhere.</summary>
/// <param name="Definition">The metadata name of its definition.</param>
/// <param name="UnlessServed">The finding if it turns out to have none.</param>
internal sealed record TypeUse(string Definition, Finding UnlessServed)
{
    /// <summary>In front of the definition of a base class that must have a populator, not a serializer.</summary>
    public const string PopulatedPrefix = "populated ";
}

/// <summary>Takes apart the type of a member, parameter or result into the definitions that must each have a serializer.</summary>
internal static class TypeUses
{
    /// <param name="type">The type.</param>
    /// <param name="what">How the finding names the place: "Parameter 'x' of 'IFoo.Bar'".</param>
    /// <param name="place">Where.</param>
    public static IEnumerable<TypeUse> Of(ITypeSymbol type, string what, Place place)
    {
        var definitions = new List<INamedTypeSymbol>();
        var impossible = new List<ITypeSymbol>();
        Collect(type, definitions, impossible);
        foreach (var definition in definitions)
        {
            yield return new TypeUse(MetadataText.OfDefinition(definition), Report(definition));
        }

        foreach (var part in impossible) yield return new TypeUse("", Report(part));

        Finding Report(ITypeSymbol part)
        {
            if (part.IsGrainToken()) return Finding.Of(Rules.MisplacedGrainToken, place, what);
            var context = SymbolEqualityComparer.Default.Equals(part, type) ? "" : $", a part of '{Name(type)}'";
            return Finding.Of(Rules.NoSerializer, place, what, Name(part), context);
        }

        static string Name(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString();
    }

    private static void Collect(ITypeSymbol type, List<INamedTypeSymbol> definitions, List<ITypeSymbol> impossible)
    {
        switch (type)
        {
            case ITypeParameterSymbol or IErrorTypeSymbol:
                return;
            case IArrayTypeSymbol array:
                Collect(array.ElementType, definitions, impossible);
                return;
            case INamedTypeSymbol { TypeKind: not TypeKind.Delegate, IsRefLikeType: false } named:
                foreach (var argument in named.TypeArguments) Collect(argument, definitions, impossible);
                if (!TellsItself(named)) definitions.Add(named);
                return;
            default:
                impossible.Add(type);
                return;
        }
    }

    // The value of an interface's type is written by its runtime type, and must have a serializer then.
    private static bool TellsItself(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Enum or TypeKind.Interface
        || type.IsTupleType
        || type.SpecialType == SpecialType.System_Object
        || SerializedValue.IsWrittenInline(type)
        || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || type.HasGenerateSerializer()
        || type.DerivesFrom("Orleans.Runtime", "GrainReference")
        || type.DerivesFrom("System", "Exception");
}
