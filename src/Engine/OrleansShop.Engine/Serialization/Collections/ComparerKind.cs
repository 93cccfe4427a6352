namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>The comparers that a collection keeps on its way. Any other is replaced by the default one of the element type.</summary>
internal enum ComparerKind : byte
{
    Default = 0,
    Ordinal = 1,
    OrdinalIgnoreCase = 2,
    InvariantCulture = 3,
    InvariantCultureIgnoreCase = 4,
}

/// <summary>Which kind a comparer is, and the comparer of a kind.</summary>
internal static class ComparerKinds
{
    public const uint Field = 0;

    public static ComparerKind Of(object? comparer)
    {
        if (comparer is null) return ComparerKind.Default;
        if (comparer.Equals(StringComparer.OrdinalIgnoreCase)) return ComparerKind.OrdinalIgnoreCase;
        if (comparer.Equals(StringComparer.Ordinal)) return ComparerKind.Ordinal;
        if (comparer.Equals(StringComparer.InvariantCulture)) return ComparerKind.InvariantCulture;
        return comparer.Equals(StringComparer.InvariantCultureIgnoreCase) ? ComparerKind.InvariantCultureIgnoreCase : ComparerKind.Default;
    }

    /// <summary>Writes the kind unless it is the default. Its id is 0, so that the next field's delta is the same either way.</summary>
    public static void Write(PayloadWriter writer, object? comparer)
    {
        var kind = Of(comparer);
        if (kind != ComparerKind.Default) writer.WriteByte(Field, (byte)kind);
    }

    public static IEqualityComparer<T>? Equality<T>(ComparerKind kind) => Find(kind) as IEqualityComparer<T>;

    public static IComparer<T>? Order<T>(ComparerKind kind) => Find(kind) as IComparer<T>;

    // A kind that is not known, from a later version, or of strings where the elements are none, means the default.
    private static StringComparer? Find(ComparerKind kind) => kind switch
    {
        ComparerKind.Ordinal => StringComparer.Ordinal,
        ComparerKind.OrdinalIgnoreCase => StringComparer.OrdinalIgnoreCase,
        ComparerKind.InvariantCulture => StringComparer.InvariantCulture,
        ComparerKind.InvariantCultureIgnoreCase => StringComparer.InvariantCultureIgnoreCase,
        _ => null,
    };
}
