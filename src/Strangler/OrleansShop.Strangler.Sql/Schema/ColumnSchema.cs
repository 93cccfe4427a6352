namespace OrleansShop.Strangler.Sql.Schema;

/// <summary>A column as the database describes it.</summary>
/// <param name="Name">The name, as the database spells it.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="DeclaredType">The name of its type, for people.</param>
/// <param name="ReadAs">The SQL expression that reads it as a value that rows carry; the quoted name or a function of it.</param>
/// <param name="CastTo">The type that parameters must be cast to, without length or precision; null when the database casts by itself.</param>
internal sealed record ColumnSchema(string Name, ColumnKind Kind, string DeclaredType, string ReadAs, string? CastTo)
{
    internal string Quoted => Sql.Quote(Name);

    /// <summary>Whether the values are unique ids of 128 bits, which have one form as text.</summary>
    internal bool IsUniqueId => Kind == ColumnKind.FormattedText && DeclaredType.Contains("uuid", StringComparison.OrdinalIgnoreCase);

    /// <summary>The SQL of a parameter that is written to the column or compared with it.</summary>
    internal string Typed(string parameter) => CastTo is null ? parameter : $"CAST({parameter} AS {CastTo})";
}

/// <summary>What the values of a column are, as far as rows tell values apart.</summary>
internal enum ColumnKind
{
    /// <summary>A type that rows do not carry, such as binary data.</summary>
    Unsupported,

    Text,

    Integer,

    /// <summary>Decimal or floating.</summary>
    Number,

    Boolean,

    /// <summary>Dates, times and unique ids: text of a fixed form.</summary>
    FormattedText,
}
