using Microsoft.CodeAnalysis;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>Decides at build time which values caller and grain can share. What it does not know is left to the codec, which decides by the value's own type.</summary>
internal static class Immutability
{
    private static readonly HashSet<string> ImmutableTypes = new(StringComparer.Ordinal)
    {
        "System.Guid", "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "System.Half", "System.Int128", "System.UInt128",
        "System.Text.Rune", "System.Numerics.BigInteger", "System.Uri", "System.Version", "System.Net.IPAddress", "System.Type",
        "System.Threading.CancellationToken",
        "Orleans.Concurrency.Immutable`1",
        "Orleans.Runtime.GrainId", "Orleans.Runtime.GrainType", "Orleans.Runtime.GrainInterfaceType", "Orleans.Runtime.IdSpan",
        "Orleans.Runtime.SiloAddress", "Orleans.Runtime.ActivationId", "Orleans.Runtime.GrainAddress", "Orleans.Runtime.MembershipVersion",
    };

    /// <summary>Types that are as immutable as their arguments.</summary>
    private static readonly HashSet<string> ImmutableContainers = new(StringComparer.Ordinal)
    {
        "System.Nullable`1", "System.Collections.Generic.KeyValuePair`2",
        "System.Collections.Immutable.ImmutableArray`1", "System.Collections.Immutable.ImmutableList`1",
        "System.Collections.Immutable.ImmutableDictionary`2", "System.Collections.Immutable.ImmutableSortedDictionary`2",
        "System.Collections.Immutable.ImmutableHashSet`1", "System.Collections.Immutable.ImmutableSortedSet`1",
        "System.Collections.Immutable.ImmutableQueue`1", "System.Collections.Immutable.ImmutableStack`1",
    };

    public static bool IsShareable(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => true,
        {
            SpecialType: SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_String or SpecialType.System_Decimal
            or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
            or SpecialType.System_IntPtr or SpecialType.System_UIntPtr
            or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_DateTime
        } => true,
        INamedTypeSymbol { TypeKind: TypeKind.Interface } named => named.IsAddressable(),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(element => IsShareable(element.Type)),
        INamedTypeSymbol named => IsShareableNamed(named),
        _ => false,
    };

    private static bool IsShareableNamed(INamedTypeSymbol type)
    {
        // A class derived from an immutable one need not be immutable: only where there can be none does the attribute settle it here.
        if (type.IsMarkedImmutable()) return type.IsValueType || type.IsSealed;
        var name = MetadataText.OfDefinition(type);
        return ImmutableTypes.Contains(name) || (ImmutableContainers.Contains(name) && type.TypeArguments.All(IsShareable));
    }
}
