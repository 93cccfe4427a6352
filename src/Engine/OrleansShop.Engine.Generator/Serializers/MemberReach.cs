using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>Decides how generated code reads and sets a member of a type that it is not part of.</summary>
internal static class MemberReach
{
    /// <summary>Null if there is no way.</summary>
    public static (Reach Reach, string Storage)? Of(ISymbol member, INamedTypeSymbol type) => member switch
    {
        IFieldSymbol { IsFixedSizeBuffer: true } => null,
        IFieldSymbol { RefKind: not RefKind.None } => null,
        IFieldSymbol field when field.IsAccessibleInAssembly() && !field.IsReadOnly => (Reach.Name, field.Name),
        IFieldSymbol field => (Reach.Field, field.Name),
        IPropertySymbol property => OfProperty(property, type),
        _ => null,
    };

    private static (Reach, string)? OfProperty(IPropertySymbol property, INamedTypeSymbol type)
    {
        if (property.IsIndexer || property.RefKind != RefKind.None) return null;
        if (IsAccessible(property, property.GetMethod) && IsAccessible(property, property.SetMethod) && !property.SetMethod!.IsInitOnly)
        {
            return (Reach.Name, property.Name);
        }

        var field = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));
        if (field is not null) return (Reach.Field, field.Name);
        return property is { GetMethod: not null, SetMethod: not null } ? (Reach.Accessors, property.Name) : null;
    }

    private static bool IsAccessible(IPropertySymbol property, IMethodSymbol? accessor) =>
        accessor is not null && property.IsAccessibleInAssembly() && accessor.IsAccessibleInAssembly() && property.ExplicitInterfaceImplementations.IsEmpty;
}
